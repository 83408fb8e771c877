//! A reward policy or a badge rule in a file, with a line for everything that is wrong with it.

mod document;

use std::{fmt, fs, path::Path};

use app_service::domain::{BadgeRule, PolicyProblem, RewardPolicy};
use serde::Serialize;
use serde_json::Value;

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
    let help = "`guerdon policy show` prints a policy that is right";
    load_as("policy", help, path, RewardPolicy::from_document)
}

/// Reads the badge rule, or says all that is wrong with it.
pub(crate) fn load_rule(path: &Path) -> Result<BadgeRule, Failure> {
    let help = "docs/badges.md shows rules that are right";
    load_as("rule", help, path, BadgeRule::from_document)
}

/// Makes a value of a document, or says all that is wrong with it.
type Parse<T> = fn(&Value) -> Result<T, Vec<PolicyProblem>>;

fn load_as<T>(what: &str, help: &str, path: &Path, parse: Parse<T>) -> Result<T, Failure> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("the {what} {file} cannot be read: {error}");
        Failure::refused("policy-unreadable", message)
    })?;
    read(&file, &text, parse).map_err(|findings| {
        let problems = if findings.len() == 1 { "problem" } else { "problems" };
        let message = format!("the {what} {file} has {} {problems}", findings.len());
        let findings = findings.iter().map(Finding::of).collect();
        Failure::refused("policy-invalid", message).problems(findings).help(help)
    })
}

fn read<T>(file: &str, text: &str, parse: Parse<T>) -> Result<T, Vec<PolicyFinding>> {
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
    let read = parse(&document.value());
    let mut problems = document.repeated_fields();
    problems.extend(read.as_ref().err().into_iter().flatten().cloned());
    match read {
        Ok(value) if problems.is_empty() => Ok(value),
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

    fn read(file: &str, text: &str) -> Result<RewardPolicy, Vec<PolicyFinding>> {
        super::read(file, text, RewardPolicy::from_document)
    }

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
