//! A row for each invariant.

use app_service::{CheckReport, Outcome};
use maud::{Markup, html};

use super::mood::Mood;
use crate::output::{number, verification::duration_text};

/// A row for each invariant.
pub(super) fn section(checks: &[CheckReport]) -> Markup {
    html! {
        section {
            h2 { "What must hold" }
            table.checks {
                thead {
                    tr {
                        th scope="col" { "Invariant" }
                        th scope="col" { "Verdict" }
                        th.number scope="col" { "Rows" }
                        th.number scope="col" { "Violations" }
                        th.number scope="col" { "Took" }
                    }
                }
                tbody { @for check in checks { (row(check)) } }
            }
        }
    }
}

fn row(check: &CheckReport) -> Markup {
    let mood = Mood::of(check.outcome);
    html! {
        tr class=(mood.class()) {
            th scope="row" {
                code { (check.invariant.code()) } " " span { (check.invariant.title()) }
            }
            td { (verdict(check, mood)) }
            td.number data-what="rows" { (number(check.rows_checked)) }
            td.number data-what="violations" { (number(check.violations_total)) }
            td.number { (took(check.duration_ms)) }
        }
    }
}

/// The verdict; what does not hold leads to its description.
fn verdict(check: &CheckReport, mood: Mood) -> Markup {
    let pill = html! { span.pill { (mood.mark()) " " (mood.word()) } };
    html! {
        @if check.outcome == Outcome::Held { (pill) }
        @else { a href={ "#" (check.invariant.code()) } { (pill) } }
    }
}

fn took(ms: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nobody waits for so many milliseconds")]
    duration_text(ms as f64)
}
