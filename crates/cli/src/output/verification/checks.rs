//! A row for each invariant.

use app_service::{CheckReport, Outcome};

use crate::output::{
    Style,
    style::number,
    table::{Column, Table, Tone},
};

/// A row for each invariant, what does not hold in red.
pub(super) fn table(checks: &[CheckReport], style: Style) -> String {
    let columns = [
        Column::Word("invariant"),
        Column::Word("what must hold"),
        Column::Word("verdict"),
        Column::Number("rows"),
        Column::Number("violations"),
        Column::Number("ms"),
    ];
    let mut table = Table::new(&columns, style);
    for check in checks {
        let (loud, verdict) = tones(check.outcome);
        table.toned_row([
            (loud, check.invariant.to_string()),
            (loud, check.invariant.title().to_owned()),
            (verdict, word(check.outcome).to_owned()),
            (Tone::Plain, number(check.rows_checked)),
            (loud, number(check.violations_total)),
            (Tone::Plain, number(check.duration_ms)),
        ]);
    }
    table.text()
}

/// How an invariant is doing, in a word.
pub(super) fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Held => "held",
        Outcome::Unchecked => "UNCHECKED",
        Outcome::Violated => "VIOLATED",
    }
}

/// The tones of a row and of its verdict: what holds stays in the background.
fn tones(outcome: Outcome) -> (Tone, Tone) {
    match outcome {
        Outcome::Held => (Tone::Plain, Tone::Good),
        Outcome::Unchecked => (Tone::Doubtful, Tone::Doubtful),
        Outcome::Violated => (Tone::Bad, Tone::Bad),
    }
}
