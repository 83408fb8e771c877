//! Earlier verifications, the latest first.

use app_service::{Invariant, Outcome, VerifyReport};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{checks::word, duration_text, moment_text};
use crate::output::{
    Style, View,
    style::number,
    table::{Column, Table, Tone},
};

/// Earlier verifications, the latest first.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct RunList(pub(crate) Vec<RunLine>);

/// One of them.
#[derive(Debug, Serialize)]
pub(crate) struct RunLine {
    run: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    started_at: OffsetDateTime,
    duration_ms: f64,
    outcome: Outcome,
    rows_checked: u64,
    violations_total: u64,
    violated: Vec<Invariant>,
    unchecked: Vec<Invariant>,
}

impl RunLine {
    pub(crate) fn of(report: &VerifyReport) -> Self {
        let with = |outcome| {
            let checks = report.checks.iter().filter(move |it| it.outcome == outcome);
            checks.map(|it| it.invariant).collect()
        };
        Self {
            run: report.run,
            started_at: report.started_at,
            duration_ms: (report.finished_at - report.started_at).as_seconds_f64() * 1_000.0,
            outcome: report.outcome,
            rows_checked: report.checks.iter().map(|it| it.rows_checked).sum(),
            violations_total: report.violations_total(),
            violated: with(Outcome::Violated),
            unchecked: with(Outcome::Unchecked),
        }
    }

    fn tone(&self) -> Tone {
        match self.outcome {
            Outcome::Held => Tone::Good,
            Outcome::Unchecked => Tone::Doubtful,
            Outcome::Violated => Tone::Bad,
        }
    }

    /// What does not hold or could not be looked at.
    fn remarks(&self) -> String {
        let violated = self.violated.iter().map(ToString::to_string);
        let unchecked = self.unchecked.iter().map(|it| format!("{it} unchecked"));
        violated.chain(unchecked).collect::<Vec<_>>().join(", ")
    }
}

impl View for RunList {
    fn text(&self, style: Style) -> String {
        if self.0.is_empty() {
            return "Nothing has been verified yet.\n".to_owned();
        }
        let columns = [
            Column::Word("began"),
            Column::Word("verdict"),
            Column::Number("rows"),
            Column::Number("violations"),
            Column::Number("took"),
            Column::Word(""),
        ];
        let mut table = Table::new(&columns, style);
        for it in &self.0 {
            table.toned_row([
                (Tone::Plain, moment_text(it.started_at)),
                (it.tone(), word(it.outcome).to_owned()),
                (Tone::Plain, number(it.rows_checked)),
                (Tone::Plain, number(it.violations_total)),
                (Tone::Plain, duration_text(it.duration_ms)),
                (Tone::Plain, it.remarks()),
            ]);
        }
        table.text()
    }
}
