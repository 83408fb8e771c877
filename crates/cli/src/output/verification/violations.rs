//! What is wrong, row by row, and what to do about it.

use app_service::{CheckReport, Outcome, RowName, Violation};

use crate::{
    guidance::Guidance,
    output::{
        Style,
        style::{count, number},
    },
};

/// Characters in a line of prose.
const LINE_MAX: usize = 76;

/// Every invariant that does not hold or could not be looked at, with what is known of it.
pub(super) fn text(checks: &[CheckReport], style: Style) -> String {
    let told = checks.iter().filter_map(|it| match it.outcome {
        Outcome::Held => None,
        Outcome::Unchecked => Some(unchecked(it, style)),
        Outcome::Violated => Some(violated(it, style)),
    });
    told.collect()
}

fn unchecked(check: &CheckReport, style: Style) -> String {
    let title = format!("{} {}: could not be checked", check.invariant, check.invariant.title());
    let reason = check.unchecked.as_deref().unwrap_or("nobody knows why");
    format!("\n{}\n  because     {}\n", style.doubtful(&title), wrapped(reason, "\n              "))
}

fn violated(check: &CheckReport, style: Style) -> String {
    let violations = count(check.violations_total, "violation", "violations");
    let title = format!("{} {}: {violations}", check.invariant, check.invariant.title());
    let guidance = Guidance::of(check.invariant);
    let meaning = wrapped(guidance.meaning, "\n  ");
    let mut lines = vec![String::new(), style.bad(&title), format!("  {meaning}")];
    for (at, violation) in check.violations.iter().enumerate() {
        lines.extend(described(at + 1, violation, style));
    }
    lines.extend(more(check, style));
    let remedy = wrapped(guidance.remedy, "\n              ");
    lines.push(format!("  {}  {remedy}", style.strong("what to do")));
    lines.join("\n") + "\n"
}

fn described(number: usize, violation: &Violation, style: Style) -> Vec<String> {
    let rows = violation.rows.iter().enumerate();
    let mut lines: Vec<_> = rows.map(|(at, it)| row_text(number, at, it, style)).collect();
    let told = [
        ("found", &violation.found),
        ("expected", &violation.expected),
        ("cause", &violation.likely_cause),
    ];
    for (what, text) in told {
        let text = wrapped(text, "\n                ");
        lines.push(format!("      {}  {text}", style.dim(&format!("{what:<8}"))));
    }
    lines
}

/// The first row of a violation bears its number.
fn row_text(number: usize, at: usize, row: &RowName, style: Style) -> String {
    let number = if at == 0 { format!("{number}.") } else { String::new() };
    format!("{number:>5} {} {}", style.strong(&row.table), row.key)
}

/// How many are counted but not described.
fn more(check: &CheckReport, style: Style) -> Option<String> {
    let described = check.violations.len() as u64;
    let missing = check.violations_total.checked_sub(described).filter(|it| *it > 0)?;
    Some(style.dim(&format!("      and {} more: --limit shows them", number(missing))))
}

/// Text in lines that the eye can follow, parted by `parted`.
fn wrapped(text: &str, parted: &str) -> String {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < LINE_MAX => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join(parted)
}
