//! Keys and names, as files and options give them.

use domain::{TEXT_MAX_CHARS, TextProblem, check_text};

use super::{ImportOptions, Problem, ProblemKind, problem::quoted, source::Source};

/// Refuses `text` by the rule of the domain; `problem` knows where it stands.
pub(super) fn check(
    text: &str,
    problem: impl FnOnce(ProblemKind, String) -> Box<Problem>,
) -> Result<(), Box<Problem>> {
    check_text(text).map_err(|wrong| {
        let problem = problem(ProblemKind::Invalid, format!("{} {wrong}", quoted(text)));
        let found: String = text.chars().take(TEXT_MAX_CHARS).collect();
        problem.found(found).expected(wrong.expected()).advice(advice(wrong))
    })
}

/// The key of a file's only tournament: as the option has it, or the file's name.
pub(super) fn key(source: &Source, options: &ImportOptions) -> Result<String, Box<Problem>> {
    let key = options.tournament.clone().unwrap_or_else(|| source.stem());
    check(&key, |_, message| source.problem(ProblemKind::Option, message).field("--tournament"))
        .map_err(|it| it.advice("give the tournament a key with --tournament"))?;
    Ok(key)
}

/// In a file, a line break inside a text comes from a quote in the wrong place, and would make a
/// participant of half the file.
fn advice(wrong: TextProblem) -> &'static str {
    match wrong {
        TextProblem::LineBreak => "look for a quote that is opened or closed by mistake",
        _ => wrong.advice(),
    }
}
