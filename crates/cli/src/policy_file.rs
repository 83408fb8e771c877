//! A reward policy in a file, with a line for everything that is wrong with it.

mod document;

use std::{fmt, fs, path::Path};

use app_service::domain::{PolicyProblem, RewardPolicy};
use serde::Serialize;

use self::document::Document;
use crate::failure::{Failure, Finding};

/// One thing that is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PolicyFinding {
    file: String,
    /// From 1.
    line: usize,
    /// As a JSON pointer; empty where the text is no JSON.
    field: String,
    problem: String,
    advice: String,
}

/// Reads the policy, or says all that is wrong with it.
pub(crate) fn load(path: &Path) -> Result<RewardPolicy, Failure> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::refused("policy-unreadable", format!("the policy {file} cannot be read: {error}"))
    })?;
    read(&file, &text).map_err(|findings| {
        let problems = if findings.len() == 1 { "problem" } else { "problems" };
        let message = format!("the policy {file} has {} {problems}", findings.len());
        Failure::refused("policy-invalid", message)
            .problems(findings.iter().map(Finding::of).collect())
            .help("`guerdon policy show` prints a policy that is right")
    })
}

fn read(file: &str, text: &str) -> Result<RewardPolicy, Vec<PolicyFinding>> {
    let document = Document::parse(text).map_err(|broken| {
        let problem = format!("this is not JSON: {}", broken.problem);
        vec![PolicyFinding {
            file: file.to_owned(),
            line: broken.line,
            field: String::new(),
            problem,
            advice: "correct the text; comments and trailing commas are fine".to_owned(),
        }]
    })?;
    let policy = RewardPolicy::from_document(&document.value());
    let mut problems = document.repeated_fields();
    problems.extend(policy.as_ref().err().into_iter().flatten().cloned());
    match policy {
        Ok(policy) if problems.is_empty() => Ok(policy),
        _ => Err(located(file, &document, problems)),
    }
}

/// The problems in the order of the file's lines.
fn located(
    file: &str,
    document: &Document<'_>,
    problems: Vec<PolicyProblem>,
) -> Vec<PolicyFinding> {
    let located = |PolicyProblem { pointer, problem, advice }| PolicyFinding {
        file: file.to_owned(),
        line: document.line(&pointer),
        field: pointer,
        problem,
        advice,
    };
    let mut findings: Vec<_> = problems.into_iter().map(located).collect();
    findings.sort_by_key(|it| it.line);
    findings
}

impl fmt::Display for PolicyFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, field, problem, advice } = self;
        let field = if field.is_empty() { String::new() } else { format!(" {field}:") };
        write!(f, "{file}:{line}:{field} {problem}; {advice}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_the_line_of_its_field() {
        let text = "{\n  // the year's policy\n  \"version\": 0,\n  \"tiers\": [\n    { \"from\": 1,\n      \"xp\": -5,\n      \"credits\": 1, \"skill_points\": 1 }\n  ],\n  \"bonus\": 1\n}";

        let findings = read("policy.json", text).unwrap_err();

        let found: Vec<_> = findings.iter().map(|it| (it.line, it.field.as_str())).collect();
        assert_eq!(found, [(3, "/version"), (6, "/tiers/0/xp"), (9, "/bonus")]);
    }

    #[test]
    fn a_missing_field_is_reported_where_it_should_be() {
        let findings = read("policy.json", "{\n  \"version\": 1,\n  \"tiers\": [\n    {}\n  ]\n}");

        let findings = findings.unwrap_err();
        assert!(findings.iter().all(|it| it.line == 4), "{findings:?}");
        assert!(findings.iter().any(|it| it.field == "/tiers/0/from"), "{findings:?}");
    }

    #[test]
    fn a_field_that_stands_there_twice_is_a_problem() {
        let findings = read("policy.json", "{ \"version\": 1,\n\"version\": 2 }").unwrap_err();

        assert_eq!((findings.len(), findings[0].line), (1, 2));
    }

    #[test]
    fn a_comma_that_is_missing_is_missed_where_it_should_be() {
        let findings = read("policy.json", "{\n  \"version\": 1\n  \"tiers\": [] }").unwrap_err();

        assert_eq!(findings[0].line, 2, "{findings:?}");
    }

    #[test]
    fn the_standard_policy_reads_back() {
        let text = RewardPolicy::standard().to_document().to_string();

        assert_eq!(read("policy.json", &text), Ok(RewardPolicy::standard()));
    }
}
