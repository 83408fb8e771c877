//! What goes over the wire.

use super::{Grid, Section};
use crate::{args::Case, cases::Sizes, report::Report, traffic::Compared, words::count};

/// Participants of a chunk.
const CHUNK: u32 = 1_000;

pub(super) fn section(report: &Report) -> Option<Section> {
    let sizes = report.sizes.as_ref()?;
    Some(Section {
        case: Case::Sizes,
        title: "What it says to the server",
        pictures: vec![],
        grid: Grid {
            header: vec![
                "participants",
                "statements",
                "round trips",
                "commits",
                "statements, floor",
                "round trips, floor",
                "commits, floor",
            ],
            rows: sizes.traffic.iter().map(row).collect(),
        },
        notes: each_chunk(sizes).into_iter().collect(),
    })
}

fn row(compared: &Compared) -> Vec<String> {
    let Compared { participants, floor, guerdon } = compared;
    let numbers = [guerdon, floor].into_iter().flat_map(|it| {
        [it.statements, it.round_trips, it.commits].map(|number| number.to_string())
    });
    [count((*participants).into())].into_iter().chain(numbers).collect()
}

/// What another chunk says, read off the two largest tournaments.
fn each_chunk(sizes: &Sizes) -> Option<String> {
    let mut largest = sizes.traffic.iter().rev().filter(|it| it.participants > CHUNK);
    let (last, before) = (largest.next()?, largest.next()?);
    let chunks = f64::from(last.participants - before.participants) / f64::from(CHUNK);
    let more = |of: fn(&Compared) -> u64| {
        let more = of(last).saturating_sub(of(before));
        u32::try_from(more).map_or(f64::INFINITY, f64::from) / chunks
    };
    Some(format!(
        "A chunk of {} participants more takes {:.1} statements in {:.1} round trips, and {:.1} \
         commits.",
        count(CHUNK.into()),
        more(|it| it.guerdon.statements),
        more(|it| it.guerdon.round_trips),
        more(|it| it.guerdon.commits),
    ))
}
