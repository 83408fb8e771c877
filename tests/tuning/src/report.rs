//! The tables, for people and for `docs/operations.md`.

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};

use crate::{
    Args,
    figures::{Sample, median, ratio},
    pools,
    settings::{Measured, SMALL},
};

pub(crate) fn settings(args: &Args, measured: &[Measured]) {
    let Some(usual) = measured.first() else { return };
    let Args { participants, rounds, .. } = args;
    println!(
        "Medians of {rounds} rounds, by turns; ratios to the first line of the same round.\n\
         {participants} participants; {} tournaments of {} one after the other.\n",
        SMALL.1, SMALL.0
    );
    let mut table = empty([
        "setting",
        "large",
        "large, behind a checkpoint",
        "small",
        "WAL, large",
        "WAL, behind a checkpoint",
    ]);
    for it in measured {
        let seconds = |of: &[Sample], to: &[Sample]| shown(of, to, |it| it.seconds, "s");
        #[expect(clippy::cast_precision_loss, reason = "a log of 2^53 bytes is not measured here")]
        let megabytes =
            |of: &[Sample], to: &[Sample]| shown(of, to, |it| it.wal_bytes as f64 / 1e6, "MB");
        table.add_row([
            it.name.to_owned(),
            seconds(&it.large, &usual.large),
            seconds(&it.behind_checkpoint, &usual.behind_checkpoint),
            seconds(&it.small, &usual.small),
            megabytes(&it.large, &usual.large),
            megabytes(&it.behind_checkpoint, &usual.behind_checkpoint),
        ]);
    }
    println!("{table}\n");
}

pub(crate) fn pools(measured: &pools::Measured) {
    println!("{} tournaments of {} at once.\n", pools::TOURNAMENTS, pools::PARTICIPANTS);
    let mut table = empty(["connections", "other players", "the same players"]);
    let first = |of: &[Vec<f64>]| of.first().cloned().unwrap_or_default();
    let (disjoint, shared) = (first(&measured.disjoint), first(&measured.shared));
    for ((size, apart), together) in
        pools::SIZES.iter().zip(&measured.disjoint).zip(&measured.shared)
    {
        table.add_row([size.to_string(), beside(apart, &disjoint), beside(together, &shared)]);
    }
    println!("{table}\n");
}

fn empty<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN);
    table.set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn shown(of: &[Sample], to: &[Sample], what: impl Fn(&Sample) -> f64, unit: &str) -> String {
    let absolute = median(of.iter().map(&what));
    format!("{:.2} ({absolute:.3} {unit})", ratio(of, to, what))
}

fn beside(of: &[f64], to: &[f64]) -> String {
    let ratio = median(of.iter().zip(to).map(|(one, other)| one / other));
    format!("{ratio:.2} ({:.3} s)", median(of.iter().copied()))
}
