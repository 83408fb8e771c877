//! What is measured: one file for each case.

mod contention;
mod history;
mod repeated;
mod sizes;
mod workers;

pub(crate) use self::{
    contention::Contention, history::History, repeated::Repeated, workers::Workers,
};
use crate::{
    Failure, Report,
    args::{Args, Case},
    ground::Ground,
};

/// Players that all cases together need.
pub(crate) fn players_max(args: &Args) -> u32 {
    args.size_max().max(contention::PLAYERS).max(history::PLAYERS)
}

/// Measures every case that is asked for.
pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Report, Failure> {
    let mut report = Report::default();
    // First, while nobody has a history.
    if args.wants(Case::History) {
        report.history = Some(history::measure(ground, args).await?);
    }
    if args.wants(Case::Sizes) {
        report.tournaments = sizes::measure(ground, args).await?;
    }
    if args.wants(Case::Workers) {
        report.workers = workers::measure(ground, args).await?;
    }
    if args.wants(Case::Contention) {
        report.contention = Some(contention::measure(ground, args).await?);
    }
    if args.wants(Case::Repeated) {
        report.repeated = Some(repeated::measure(ground).await?);
    }
    Ok(report)
}
