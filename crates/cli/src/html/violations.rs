//! What is wrong, row by row, and what to do about it.

use app_service::{CheckReport, Outcome, RowName, Violation};
use maud::{Markup, html};

use super::mood::Mood;
use crate::{
    guidance::Guidance,
    output::{count, number},
};

/// A card for each invariant that does not hold or could not be looked at.
pub(super) fn section(checks: &[CheckReport]) -> Markup {
    let troubled: Vec<_> = checks.iter().filter(|it| it.outcome != Outcome::Held).collect();
    html! {
        @if !troubled.is_empty() {
            section {
                h2 { "What is wrong" }
                @for check in troubled { (card(check)) }
            }
        }
    }
}

fn card(check: &CheckReport) -> Markup {
    let guidance = Guidance::of(check.invariant);
    html! {
        article class={ "card " (Mood::of(check.outcome).class()) } id=(check.invariant.code()) {
            h3 { code { (check.invariant.code()) } " " (check.invariant.title()) }
            @if let Some(reason) = &check.unchecked {
                p { "Could not be checked: " (reason) }
            }
            @if check.outcome == Outcome::Violated {
                p.lead {
                    strong { (count(check.violations_total, "violation", "violations")) "." } " "
                    (guidance.meaning)
                }
                ol { @for violation in &check.violations { (described(violation)) } }
                (more(check))
                p.remedy { strong { "What to do" } " " (with_code(guidance.remedy)) }
            }
        }
    }
}

fn described(violation: &Violation) -> Markup {
    html! {
        li {
            p.rows { @for row in &violation.rows { (row_name(row)) } }
            dl {
                div { dt { "Found" } dd.found { (violation.found) } }
                div { dt { "Expected" } dd { (violation.expected) } }
                div { dt { "Likely cause" } dd { (violation.likely_cause) } }
            }
        }
    }
}

fn row_name(row: &RowName) -> Markup {
    html! { code { b { (row.table) } " " (row.key) } " " }
}

fn more(check: &CheckReport) -> Markup {
    let missing = check.violations_total.saturating_sub(check.violations.len() as u64);
    html! {
        @if missing > 0 { p.more { "and " (number(missing)) " more: --limit shows them" } }
    }
}

/// What stands between backticks, as code.
fn with_code(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
