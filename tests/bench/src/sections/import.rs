//! Sixty-five seasons, taken in and paid.

use super::{Grid, Section};
use crate::{
    args::Case,
    cases::{Imported, Imports},
    report::Report,
    words::{count, seconds},
};

pub(super) fn section(report: &Report) -> Option<Section> {
    let imports = report.import.as_ref()?;
    let Imports { tournaments, results, sqlite, postgres } = imports;
    let row = |name: &str, Imported { import_seconds, pay_seconds }: &Imported| {
        let rate = |seconds: f64| count(f64::from(*results) / seconds);
        vec![
            name.to_owned(),
            seconds(*import_seconds),
            rate(*import_seconds),
            seconds(*pay_seconds),
            rate(*pay_seconds),
        ]
    };
    Some(Section {
        case: Case::Import,
        title: "Sixty-five seasons of Formula One",
        pictures: vec![],
        grid: Grid {
            header: vec!["on", "import", "results a second", "then pay", "results a second"],
            rows: vec![row("SQLite", sqlite), row("PostgreSQL", postgres)],
        },
        notes: vec![format!(
            "{tournaments} tournaments with {} results, one after the other, by the `guerdon` \
             command: `import`, then `run`, each from start to end.",
            count((*results).into()),
        )],
    })
}
