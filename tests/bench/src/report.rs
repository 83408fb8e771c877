//! What is printed.

use comfy_table::{CellAlignment, Table, presets::NOTHING};
use serde::Serialize;

use crate::{Failure, rounds::Measured};

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    tournaments: Vec<Measured>,
    /// How time grows with participants, from 1,000 on: 1 is in proportion.
    growth: Option<f64>,
}

impl Report {
    pub(crate) fn add(&mut self, measured: Measured) {
        self.tournaments.push(measured);
        self.growth = growth(&self.tournaments);
    }

    pub(crate) fn print(&self, json: bool) -> Result<(), Failure> {
        if json {
            println!("{}", serde_json::to_string_pretty(self)?);
            return Ok(());
        }
        println!("{}", table(&self.tournaments));
        if let Some(growth) = self.growth {
            println!("time grows with participants to the power of {growth:.3}");
        }
        Ok(())
    }
}

fn table(tournaments: &[Measured]) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header([
        "participants",
        "floor s",
        "guerdon s",
        "ratio",
        "a second",
        "statements",
        "WAL each",
        "WAL floor",
    ]);
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for it in tournaments {
        let each = |bytes: u64| (bytes / u64::from(it.participants.max(1))).to_string();
        table.add_row([
            it.participants.to_string(),
            format!("{:.4}", it.floor.seconds),
            format!("{:.4}", it.guerdon.seconds),
            format!("{:.2}", it.ratio),
            format!("{:.0}", f64::from(it.participants) / it.guerdon.seconds),
            it.guerdon.statements.to_string(),
            each(it.guerdon.wal_bytes),
            each(it.floor.wal_bytes),
        ]);
    }
    table.trim_fmt()
}

/// The exponent between the smallest and the largest tournament of at least 1,000.
fn growth(tournaments: &[Measured]) -> Option<f64> {
    let large = || tournaments.iter().filter(|it| it.participants >= 1_000);
    let first = large().min_by_key(|it| it.participants)?;
    let last = large().max_by_key(|it| it.participants)?;
    let times = f64::from(last.participants) / f64::from(first.participants);
    (times > 1.0).then(|| (last.guerdon.seconds / first.guerdon.seconds).ln() / times.ln())
}
