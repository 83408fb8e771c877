//! What is printed.

use comfy_table::{CellAlignment, Table, presets::NOTHING};
use serde::Serialize;

use crate::{
    Failure,
    cases::{Contention, History, Repeated, Workers},
    turns::Measured,
};

/// Everything that was measured.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub(crate) tournaments: Vec<Measured>,
    pub(crate) workers: Vec<Workers>,
    pub(crate) history: Option<History>,
    pub(crate) contention: Option<Contention>,
    pub(crate) repeated: Option<Repeated>,
}

impl Report {
    pub(crate) fn print(&self, json: bool) -> Result<(), Failure> {
        if json {
            println!("{}", serde_json::to_string_pretty(self)?);
        } else {
            print!("{}", self.text());
        }
        Ok(())
    }

    fn text(&self) -> String {
        let sizes = self.tournaments.iter().map(|it| (it.participants.to_string(), it));
        let workers = self.workers.iter().map(|it| (it.workers.to_string(), &it.measured));
        let growth = growth(&self.tournaments)
            .map(|it| format!("time grows with participants to the power of {it:.3}\n"));
        [
            table("participants", sizes),
            growth.unwrap_or_default(),
            table("workers", workers),
            self.history.as_ref().map(History::text).unwrap_or_default(),
            self.contention.as_ref().map(Contention::text).unwrap_or_default(),
            self.repeated.as_ref().map(Repeated::text).unwrap_or_default(),
        ]
        .concat()
    }
}

impl History {
    fn text(&self) -> String {
        let rows = [("0", &self.newcomers), ("many", &self.old_hands)];
        let table = table("earlier", rows.into_iter().map(|(name, it)| (name.to_owned(), it)));
        let Self { earlier_tournaments, ratio, .. } = self;
        format!("{table}{ratio:.2} of the time with {earlier_tournaments} earlier tournaments\n")
    }
}

impl Contention {
    fn text(&self) -> String {
        let Self { tournaments, participants, shared_seconds, disjoint_seconds, ratio } = self;
        format!(
            "{tournaments} tournaments of {participants} at once: {shared_seconds:.3} s over the same \
             players, {disjoint_seconds:.3} s over others, {ratio:.2} of the throughput\n"
        )
    }
}

impl Repeated {
    fn text(&self) -> String {
        let Self { statements, seconds } = self;
        format!("paid already: {statements} statements, {seconds:.4} s\n")
    }
}

fn table<'a>(what: &str, rows: impl Iterator<Item = (String, &'a Measured)>) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header([
        what,
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
    for (name, it) in rows {
        let each = |bytes: u64| (bytes / u64::from(it.participants.max(1))).to_string();
        table.add_row([
            name,
            format!("{:.4}", it.floor.seconds),
            format!("{:.4}", it.guerdon.seconds),
            format!("{:.2}", it.ratio),
            format!("{:.0}", f64::from(it.participants) / it.guerdon.seconds),
            it.guerdon.statements.to_string(),
            each(it.guerdon.wal_bytes),
            each(it.floor.wal_bytes),
        ]);
    }
    if table.is_empty() { String::new() } else { table.trim_fmt() + "\n" }
}

/// The exponent between the smallest and the largest tournament of at least 1,000.
fn growth(tournaments: &[Measured]) -> Option<f64> {
    let large = || tournaments.iter().filter(|it| it.participants >= 1_000);
    let first = large().min_by_key(|it| it.participants)?;
    let last = large().max_by_key(|it| it.participants)?;
    let times = f64::from(last.participants) / f64::from(first.participants);
    (times > 1.0).then(|| (last.guerdon.seconds / first.guerdon.seconds).ln() / times.ln())
}
