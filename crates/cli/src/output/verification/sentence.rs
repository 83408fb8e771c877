//! A verification in a sentence.

use app_service::{Outcome, VerifyReport};

use super::{Locks, Verification, duration_text, moment_text};
use crate::output::{Style, style::count};

/// What was looked at, where and when.
pub(super) fn heading(it: &Verification, style: Style) -> String {
    let title = format!("Verified {}", style.strong(&it.database));
    format!("{title}\n  {}\n  {}\n", moment_text(it.report.started_at), looked_at(&it.report))
}

/// How much was looked at.
pub(crate) fn looked_at(report: &VerifyReport) -> String {
    let rows: u64 = report.checks.iter().map(|it| it.rows_checked).sum();
    let took = report.finished_at - report.started_at;
    let scope = match report.since {
        Some(since) => format!("what changed since {}", moment_text(since)),
        None => "everything".to_owned(),
    };
    let strictly = if report.strict { ", strictly" } else { "" };
    let took = duration_text(took.as_seconds_f64() * 1_000.0);
    format!("{scope}{strictly}: {} in {took}", count(rows, "row", "rows"))
}

/// Whether all is well, in colour.
pub(super) fn verdict(it: &Verification, style: Style) -> String {
    let text = format!("{}.", verdict_text(it));
    let text = match it.verdict {
        Outcome::Held => style.good(&text),
        Outcome::Unchecked => style.doubtful(&text),
        Outcome::Violated => style.bad(&text),
    };
    format!("\n{text}\n")
}

/// Whether all is well, without a full stop.
pub(crate) fn verdict_text(it: &Verification) -> String {
    verdict_parts(it).join(", ")
}

/// The same in parts, the worst first; at least one.
pub(crate) fn verdict_parts(it: &Verification) -> Vec<String> {
    let checks = &it.report.checks;
    let with = |outcome| checks.iter().filter(|it| it.outcome == outcome).count() as u64;
    let (violated, unchecked) = (with(Outcome::Violated), with(Outcome::Unchecked));
    let mut parts = vec![];
    if violated > 0 {
        let verb = if violated == 1 { "does" } else { "do" };
        parts.push(format!("{} {verb} not hold", invariants(violated)));
        parts.push(count(it.violations_total, "violation", "violations"));
    }
    if unchecked > 0 {
        parts.push(format!("{} could not be checked", invariants(unchecked)));
    }
    parts.extend(it.locks.as_ref().and_then(locks_text));
    if parts.is_empty() {
        let all = checks.len();
        parts.push(format!("Everything holds: {all} of {all} invariants"));
    }
    parts
}

fn locks_text(locks: &Locks) -> Option<String> {
    match locks {
        Locks::Measured(it) if it.exceeded.is_empty() => None,
        Locks::Measured(it) => Some(format!(
            "{} exceeded",
            count(it.exceeded.len() as u64, "lock limit", "lock limits")
        )),
        Locks::Unread { .. } => Some("the locks could not be looked at".to_owned()),
    }
}

fn invariants(number_of_them: u64) -> String {
    count(number_of_them, "invariant", "invariants")
}
