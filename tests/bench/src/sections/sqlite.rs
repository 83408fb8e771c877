//! Guerdon on SQLite.

use super::{Grid, Section};
use crate::{
    args::Case,
    report::Report,
    turns::Measured,
    words::{count, ratio, seconds},
};

pub(super) fn section(report: &Report) -> Option<Section> {
    let sqlite = report.sqlite.as_ref()?;
    let row = |it: &Measured| {
        vec![
            count(it.participants.into()),
            seconds(it.floor.seconds),
            seconds(it.guerdon.seconds),
            format!("**{}**", ratio(it.ratio)),
            count(f64::from(it.participants) / it.guerdon.seconds),
        ]
    };
    Some(Section {
        case: Case::Sqlite,
        title: "On SQLite",
        pictures: vec![],
        grid: Grid {
            header: vec!["participants", "floor", "Guerdon on SQLite", "ratio", "a second"],
            rows: sqlite.measured.iter().map(row).collect(),
        },
        notes: vec![
            "A file, with every commit flushed to disk. The floor is that on PostgreSQL, in the same \
             rounds."
                .to_owned(),
        ],
    })
}
