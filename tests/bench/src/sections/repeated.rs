//! What it costs to be told that there is nothing to do.

use super::{Grid, Section};
use crate::{args::Case, report::Report, words::seconds};

pub(super) fn section(report: &Report) -> Option<Section> {
    let repeated = report.repeated.as_ref()?;
    let traffic = repeated.traffic;
    Some(Section {
        case: Case::Repeated,
        title: "Asked for once more",
        pictures: vec![],
        grid: Grid {
            header: vec!["what was paid already", "statements", "round trips", "commits", "time"],
            rows: vec![vec![
                "a tournament of 1,000".to_owned(),
                traffic.statements.to_string(),
                traffic.round_trips.to_string(),
                traffic.commits.to_string(),
                seconds(repeated.seconds),
            ]],
        },
        notes: vec![],
    })
}
