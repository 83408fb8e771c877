//! Runs over time, drawn.

use app_service::{Outcome, VerifyReport};
use maud::{Markup, html};
use time::OffsetDateTime;

use super::{
    chart::{Bar, PLACES_MIN, columns},
    figures::{rows, took_ms},
    mood::Mood,
};
use crate::output::{
    count, number,
    verification::{duration_text, moment_text},
};

/// Runs over time: verdicts, violations, durations, rows. The oldest comes first.
pub(super) fn section(runs: &[VerifyReport]) -> Markup {
    html! {
        section {
            h2 { "History" }
            @match runs {
                [] => p.lead { "No run has been recorded." },
                [only] => p.lead { "The history begins with the run of " (moment_text(only.started_at)) "." },
                _ => (charts(runs)),
            }
        }
    }
}

fn charts(runs: &[VerifyReport]) -> Markup {
    let violations = |it: &VerifyReport| whole(it.violations_total());
    html! {
        div.charts {
            (verdicts(runs))
            (chart(runs, "Violations", "bad", violations, |it| number_of(it, "violation", "violations")))
            (chart(runs, "Rows checked", "plain", |it| whole(rows(it)), |it| number_of(it, "row", "rows")))
            (chart(runs, "Took", "plain", took_ms, duration_text))
        }
    }
}

/// Every verdict, the worse the higher.
fn verdicts(runs: &[VerifyReport]) -> Markup {
    let held = runs.iter().filter(|it| it.outcome == Outcome::Held).count();
    let bars: Vec<_> = runs.iter().map(verdict).collect();
    let most = format!("{held} of {} held", runs.len());
    figure(runs, "Verdicts", &most, &bars)
}

fn verdict(run: &VerifyReport) -> Bar {
    let mood = Mood::of(run.outcome);
    let height = match mood {
        Mood::Good => 0.4,
        Mood::Doubtful => 0.7,
        Mood::Bad => 1.0,
    };
    let title = format!("{}: {}", moment_text(run.started_at), mood.word());
    Bar { height, class: mood.class(), title }
}

/// One number of every run, against the greatest of them.
fn chart(
    runs: &[VerifyReport],
    what: &str,
    class: &'static str,
    value: impl Fn(&VerifyReport) -> f64,
    text: impl Fn(f64) -> String,
) -> Markup {
    let greatest = runs.iter().map(&value).fold(0.0, f64::max);
    let bar = |run: &VerifyReport| {
        let value = value(run);
        Bar {
            height: if greatest > 0.0 { value / greatest } else { 0.0 },
            class: if value > 0.0 { class } else { "none" },
            title: format!("{}: {}", moment_text(run.started_at), text(value)),
        }
    };
    let bars: Vec<_> = runs.iter().map(bar).collect();
    let most =
        if greatest > 0.0 { format!("at most {}", text(greatest)) } else { "none".to_owned() };
    figure(runs, what, &most, &bars)
}

fn figure(runs: &[VerifyReport], what: &str, most: &str, bars: &[Bar]) -> Markup {
    let runs_told = count(runs.len() as u64, "run", "runs");
    html! {
        figure.chart {
            figcaption { strong { (what) } span { (most) } }
            (columns(&format!("{what} of {runs_told}: {most}"), bars))
            (axis(runs))
        }
    }
}

/// From when to when: at both ends if the columns reach them.
fn axis(runs: &[VerifyReport]) -> Markup {
    let (first, last) = match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => (first.started_at, last.started_at),
        _ => return html! {},
    };
    let day = |moment: OffsetDateTime| moment.to_utc().date().to_string();
    html! {
        @if day(first) == day(last) { p.axis.few { (moment_text(first)) " and after" } }
        @else if runs.len() < PLACES_MIN { p.axis.few { (day(first)) " to " (day(last)) } }
        @else { p.axis { span { (day(first)) } span { (day(last)) } } }
    }
}

fn number_of(value: f64, one: &str, many: &str) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was a count")]
    let value = value as u64;
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

fn whole(value: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "drawn, not added up")]
    let value = value as f64;
    value
}
