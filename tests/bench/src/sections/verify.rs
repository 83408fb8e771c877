//! A large ledger, verified.

use super::{Grid, Section};
use crate::{
    args::Case,
    cases::Verified,
    report::Report,
    words::{count, seconds},
};

pub(super) fn section(report: &Report) -> Option<Section> {
    let verified = report.verify.as_ref()?;
    let Verified { entries, players, tournaments, seconds: took, checks, together } = verified;
    let number = |it: u64| count(u32::try_from(it).map_or(f64::INFINITY, f64::from));
    let a_second = u32::try_from(*entries).map_or(f64::INFINITY, f64::from) / took;
    Some(Section {
        case: Case::Verify,
        title: "Everything verified",
        pictures: vec![],
        grid: Grid {
            header: vec!["invariant", "rows", "time"],
            rows: checks
                .iter()
                .map(|it| vec![it.invariant.clone(), number(it.rows), seconds(it.seconds)])
                .collect(),
        },
        notes: vec![format!(
            "{} ledger entries of {} players in {tournaments} tournaments: **{}**, {} entries a \
             second, and everything holds; **{}** with {} checks at a time (`--jobs`). The times are \
             those of one check at a time; invariants that share a pass over the rows have its time \
             each.",
            number(*entries),
            count((*players).into()),
            seconds(*took),
            count(a_second),
            seconds(together.seconds),
            together.jobs,
        )],
    })
}
