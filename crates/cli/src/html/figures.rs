//! The numbers that matter, each with what it was before.

use app_service::{Outcome, VerifyReport};
use maud::{Markup, html};

use super::mood::Mood;
use crate::output::{
    Verification, number,
    verification::{Locks, duration_text},
};

/// A number, and what it was in the run before.
struct Figure {
    what: &'static str,
    value: String,
    before: Option<String>,
    mood: Mood,
}

/// The numbers that matter, each with what it was before.
pub(super) fn section(it: &Verification, history: &[VerifyReport]) -> Markup {
    let before = history.iter().rev().find(|earlier| earlier.run != it.report.run);
    let figures = of_checks(&it.report, before).into_iter().chain(of_locks(it));
    html! {
        section.figures aria-label="Figures" {
            @for it in figures {
                div class=(it.mood.class()) {
                    p.value { (it.value) }
                    p.what { (it.what) }
                    @if let Some(before) = it.before { p.before { "before: " (before) } }
                }
            }
        }
    }
}

fn of_checks(now: &VerifyReport, before: Option<&VerifyReport>) -> [Figure; 4] {
    let figure = |what, text: fn(&VerifyReport) -> String| Figure {
        what,
        value: text(now),
        before: before.map(text),
        mood: Mood::Good,
    };
    let wrong = if now.violations_total() > 0 { Mood::Bad } else { Mood::Good };
    [
        Figure { mood: Mood::of(now.outcome), ..figure("invariants hold", held) },
        Figure { mood: wrong, ..figure("violations", |it| number(it.violations_total())) },
        figure("rows checked", |it| number(rows(it))),
        figure("took", |it| duration_text(took_ms(it))),
    ]
}

fn of_locks(it: &Verification) -> Option<Figure> {
    let Some(Locks::Measured(locks)) = &it.locks else { return None };
    let exceeded = locks.exceeded.len();
    Some(Figure {
        what: "lock limits exceeded",
        value: number(exceeded as u64),
        before: None,
        mood: if exceeded > 0 { Mood::Bad } else { Mood::Good },
    })
}

fn held(report: &VerifyReport) -> String {
    let held = report.checks.iter().filter(|it| it.outcome == Outcome::Held).count();
    format!("{held} / {}", report.checks.len())
}

/// Rows that a run looked at.
pub(super) fn rows(report: &VerifyReport) -> u64 {
    report.checks.iter().map(|it| it.rows_checked).sum()
}

/// How long a run took, in milliseconds.
pub(super) fn took_ms(report: &VerifyReport) -> f64 {
    (report.finished_at - report.started_at).as_seconds_f64() * 1_000.0
}
