//! What is shown of each case: once, for the terminal and for the page.

mod contention;
mod grid;
mod history;
mod import;
mod memory;
mod repeated;
mod sizes;
mod sqlite;
pub(crate) mod targets;
mod traffic;
mod verify;
mod workers;

pub(crate) use self::grid::Grid;
use crate::{args::Case, report::Report};

/// What is shown of a case.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) case: Case,
    pub(crate) title: &'static str,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) grid: Grid,
    /// What the table comes to.
    pub(crate) notes: Vec<String>,
}

/// A chart, as a file.
#[derive(Debug)]
pub(crate) struct Picture {
    /// Its name, without an extension.
    pub(crate) name: &'static str,
    /// What it shows, for those who do not see it.
    pub(crate) alternative: &'static str,
    pub(crate) svg: String,
}

impl Section {
    /// For the terminal.
    pub(crate) fn text(&self) -> String {
        let plain = |it: &String| it.replace(['*', '`'], "") + "\n";
        let notes: String = self.notes.iter().map(plain).collect();
        format!("{}\n{}{notes}", self.title, self.grid.text())
    }
}

/// Every case that was measured.
pub(crate) fn of(report: &Report) -> Vec<Section> {
    [
        sizes::section(report),
        traffic::section(report),
        sqlite::section(report),
        workers::section(report),
        history::section(report),
        contention::section(report),
        repeated::section(report),
        import::section(report),
        verify::section(report),
        memory::section(report),
    ]
    .into_iter()
    .flatten()
    .collect()
}
