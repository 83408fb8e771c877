//! What Guerdon must reach, and what it reached.

use super::Grid;
use crate::{
    report::Report,
    words::{count, mebibytes, ratio, seconds},
};

/// What must be reached.
struct Goal {
    what: String,
    limit: String,
    measured: String,
    is_met: bool,
}

/// A row for each target of which something was measured.
pub(crate) fn table(report: &Report) -> Grid {
    let goals = [
        sizes(report),
        commits(report),
        workers(report),
        history(report),
        contention(report),
        sqlite(report),
        repeated(report),
        verify(report),
        memory(report),
    ];
    let row = |it: Goal| {
        let verdict = if it.is_met { "yes" } else { "**no**" };
        vec![it.what, it.limit, it.measured, verdict.to_owned()]
    };
    Grid {
        header: vec!["target", "limit", "measured", "met"],
        rows: goals.into_iter().flatten().map(row).collect(),
    }
}

fn at_most(what: impl Into<String>, limit: f64, measured: f64) -> Goal {
    Goal {
        what: what.into(),
        limit: format!("≤ {limit}"),
        measured: ratio(measured),
        // As it is shown.
        is_met: (measured * 100.0).round() <= limit * 100.0,
    }
}

fn sizes(report: &Report) -> Vec<Goal> {
    let Some(sizes) = &report.sizes else { return vec![] };
    let limits = [(16, 2.0), (64, 2.0), (1_000, 1.25), (10_000, 1.25), (100_000, 1.25)];
    let goal = |(size, limit): (u32, f64)| {
        let what = format!("{} participants, time by the floor's", count(size.into()));
        sizes.of(size).map(|it| at_most(what, limit, it.ratio))
    };
    let growth = sizes.growth(|it| it.guerdon.seconds).map(|it| Goal {
        measured: format!("{it:.3}"),
        is_met: it <= 1.05,
        ..at_most("exponent of growth, 1,000 to 100,000", 1.05, it)
    });
    limits.into_iter().filter_map(goal).chain(growth).collect()
}

fn commits(report: &Report) -> Vec<Goal> {
    let traffic = report.sizes.iter().flat_map(|it| &it.traffic);
    let one_chunk = traffic.filter(|it| it.participants <= 1_000).map(|it| it.guerdon);
    let Some(most) = one_chunk.max_by_key(|it| it.statements) else { return vec![] };
    vec![Goal {
        what: "statements and commits of a tournament in one chunk".to_owned(),
        limit: "≤ 16 and 1".to_owned(),
        measured: format!("{} and {}", most.statements, most.commits),
        is_met: most.statements <= 16 && most.commits == 1,
    }]
}

fn workers(report: &Report) -> Vec<Goal> {
    let workers = report.workers.iter().flatten();
    let two = workers.filter(|it| it.workers == 2);
    let goal = |it: &crate::cases::Workers| {
        let participants = count(it.measured.participants.into());
        at_most(
            format!("{participants} participants, two workers, time by the floor's"),
            1.0,
            it.measured.ratio,
        )
    };
    two.map(goal).collect()
}

fn history(report: &Report) -> Vec<Goal> {
    let history = report.history.iter();
    let goal = |it: &crate::cases::History| {
        let earlier = it.earlier_tournaments;
        at_most(
            format!("time with {earlier} earlier tournaments, by that with none"),
            1.1,
            it.ratio,
        )
    };
    history.map(goal).collect()
}

fn contention(report: &Report) -> Vec<Goal> {
    let contention = report.contention.iter();
    let goal = |it: &crate::cases::Contention| Goal {
        what: "throughput of tournaments over the same players, by that over others".to_owned(),
        limit: "≥ 0.8, no deadlock".to_owned(),
        measured: format!("{}, none", ratio(it.ratio)),
        is_met: it.ratio >= 0.795,
    };
    contention.map(goal).collect()
}

fn sqlite(report: &Report) -> Vec<Goal> {
    let sqlite = report.sqlite.as_ref().and_then(|it| it.of(100_000));
    let what = "100,000 participants on SQLite, time by the floor's";
    sqlite.map(|it| at_most(what, 3.0, it.ratio)).into_iter().collect()
}

fn repeated(report: &Report) -> Vec<Goal> {
    let repeated = report.repeated.iter();
    let goal = |it: &crate::cases::Repeated| Goal {
        what: "round trips of a repeated distribution".to_owned(),
        limit: "≤ 3".to_owned(),
        measured: it.traffic.round_trips.to_string(),
        is_met: it.traffic.round_trips <= 3,
    };
    repeated.map(goal).collect()
}

fn memory(report: &Report) -> Vec<Goal> {
    let memory = report.memory.iter();
    let goal = |it: &crate::cases::Memory| Goal {
        what: format!("most memory, {} participants", count(it.participants.into())),
        limit: "≤ 64 MiB".to_owned(),
        measured: mebibytes(it.most()),
        is_met: it.most() <= 64 << 20,
    };
    memory.map(goal).collect()
}

/// Time grows with entries: what a part of the ledger takes says what all of it would.
fn verify(report: &Report) -> Vec<Goal> {
    const ENTRIES: u64 = 10_000_000;
    let verified = report.verify.iter().filter(|it| it.entries >= ENTRIES);
    let goal = |it: &crate::cases::Verified| Goal {
        what: format!(
            "`verify` of 10,000,000 ledger entries, {} checks at a time",
            it.together.jobs
        ),
        limit: "≤ 60 s".to_owned(),
        measured: seconds(it.together.seconds),
        is_met: it.together.seconds <= 60.0,
    };
    verified.map(goal).collect()
}
