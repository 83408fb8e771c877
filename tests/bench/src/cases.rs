//! What is measured: one file for each case.

mod contention;
mod history;
mod import;
mod memory;
mod repeated;
mod sizes;
mod sqlite;
mod verify;
mod workers;

pub(crate) use self::{
    contention::{Contention, Crowd},
    history::History,
    import::{Imported, Imports},
    memory::Memory,
    repeated::Repeated,
    sizes::Sizes,
    sqlite::Sqlite,
    verify::Verified,
    workers::Workers,
};
use crate::{
    Failure,
    args::{Args, Case},
    ground::Ground,
    machine::Taken,
    report::Report,
};

/// Measures every case that is asked for, on `server`.
pub(crate) async fn measure(server: &str, args: &Args) -> Result<Report, Failure> {
    let ground = Ground::prepare(server, "bench", players_max(args), args.settings()).await?;
    ground.put_off_checkpoints().await?;
    let taken = Taken::here(&ground).await?;
    let mut report = Report::default();
    for case in Case::ALL.into_iter().filter(|it| args.wants(*it)) {
        eprintln!("measuring: {case}");
        add(case, &mut report, (server, &ground, args)).await?;
        report.taken.insert(case, taken.clone());
    }
    ground.verify().await?;
    Ok(report)
}

/// Players that all cases together need.
fn players_max(args: &Args) -> u32 {
    if !args.shares_players() {
        return 0;
    }
    args.size_max().max(contention::PLAYERS).max(history::PLAYERS)
}

async fn add(
    case: Case,
    report: &mut Report,
    (server, ground, args): (&str, &Ground, &Args),
) -> Result<(), Failure> {
    match case {
        Case::History => report.history = Some(history::measure(ground, args).await?),
        Case::Sizes => report.sizes = Some(sizes::measure(ground, args).await?),
        Case::Sqlite => report.sqlite = Some(sqlite::measure(ground, args).await?),
        Case::Workers => report.workers = Some(workers::measure(ground, args).await?),
        Case::Contention => report.contention = Some(contention::measure(ground, args).await?),
        Case::Repeated => report.repeated = Some(repeated::measure(ground, args).await?),
        Case::Import => report.import = Some(import::measure(server, ground, args).await?),
        Case::Verify => report.verify = Some(verify::measure(server, args).await?),
        Case::Memory => report.memory = Some(memory::measure(server, args).await?),
    }
    Ok(())
}
