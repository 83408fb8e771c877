//! What one tournament takes of memory.

use super::{Grid, Section};
use crate::{
    args::Case,
    cases::Memory,
    report::Report,
    words::{count, mebibytes, seconds},
};

pub(super) fn section(report: &Report) -> Option<Section> {
    let memory = report.memory.as_ref()?;
    let Memory { participants, sqlite, postgres } = memory;
    let rows = sqlite.iter().zip(postgres).map(|(sqlite, postgres)| {
        vec![
            format!("`guerdon {}`", sqlite.command),
            mebibytes(sqlite.bytes),
            seconds(sqlite.seconds),
            mebibytes(postgres.bytes),
            seconds(postgres.seconds),
        ]
    });
    Some(Section {
        case: Case::Memory,
        title: "What is held in memory",
        pictures: vec![],
        grid: Grid {
            header: vec!["command", "SQLite", "time", "PostgreSQL", "time"],
            rows: rows.collect(),
        },
        notes: vec![format!(
            "One tournament of {} participants, each command in a process of its own, on a database \
             that was new: the most memory that the process had resident at any time.",
            count((*participants).into()),
        )],
    })
}
