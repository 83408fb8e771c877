//! Verifying a large ledger.

use std::{thread::available_parallelism, time::Duration};

use app_service::{CheckReport, Outcome, VerifyOptions, VerifyReport, domain::TournamentId};
use serde::{Deserialize, Serialize};

use crate::{Failure, args::Args, ground::Ground, stopwatch::Stopwatch};

/// Participants of a tournament: as many players as there are.
const SIZE: u32 = 100_000;

/// Everything that was ever paid, looked at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Verified {
    pub(crate) entries: u64,
    pub(crate) players: u32,
    pub(crate) tournaments: u32,
    /// One check after the other.
    pub(crate) seconds: f64,
    /// The slowest first.
    pub(crate) checks: Vec<Check>,
    /// As many at a time as there are processors.
    pub(crate) together: Together,
}

/// Checks that run at the same time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Together {
    pub(crate) jobs: usize,
    pub(crate) seconds: f64,
}

/// One invariant; those that are checked in one pass over the rows have its time each.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Check {
    pub(crate) invariant: String,
    pub(crate) rows: u64,
    pub(crate) seconds: f64,
}

/// On a database of its own, on `server`.
pub(crate) async fn measure(server: &str, args: &Args) -> Result<Verified, Failure> {
    let ground = Ground::prepare(server, "verify", SIZE, args.settings()).await?;
    let (mut entries, mut tournaments) = (0, 0);
    while entries < args.entries() {
        pay(&ground, tournaments).await?;
        tournaments += 1;
        entries = entries_total(&ground).await?;
    }
    ground.vacuum().await?;
    let (seconds, report) = verify(&ground, 1).await?;
    let jobs = available_parallelism()?.get();
    let together = Together { jobs, seconds: verify(&ground, jobs).await?.0 };
    let mut checks: Vec<_> = report.checks.iter().map(Check::of).collect();
    checks.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    Ok(Verified { entries, players: SIZE, tournaments, seconds, checks, together })
}

/// How long it takes, and that everything holds.
async fn verify(ground: &Ground, jobs: usize) -> Result<(f64, VerifyReport), Failure> {
    let options = VerifyOptions { checks_at_once: jobs, ..VerifyOptions::default() };
    let stopwatch = Stopwatch::start();
    let report = ground.payer.guerdon.verify(options).await?;
    let seconds = stopwatch.elapsed().as_secs_f64();
    if report.outcome != Outcome::Held {
        return Err(format!("what was written does not hold: {report:#?}").into());
    }
    Ok((seconds, report))
}

/// By hand, with the hash of the plan that Guerdon would have made.
async fn pay(ground: &Ground, number: u32) -> Result<(), Failure> {
    let key = format!("verified-{number}");
    let id = ground.payer.announce(&key, SIZE, 0..SIZE, number.into()).await?;
    let plan = ground.payer.guerdon.preview(id, 0).await?.plan_hash;
    ground.floor.pay(id).await?;
    name_plan(ground, id, &plan.to_string()).await
}

async fn name_plan(ground: &Ground, id: TournamentId, hash: &str) -> Result<(), Failure> {
    ground
        .execute(&format!(
            "UPDATE tournaments SET plan_hash = '{hash}' WHERE tournament_id = '{id}'"
        ))
        .await
}

async fn entries_total(ground: &Ground) -> Result<u64, Failure> {
    let row = ground.row("SELECT count(*) AS entries FROM ledger_entries", []).await?;
    Ok(row.try_get::<i64>("", "entries")?.try_into()?)
}

impl Check {
    fn of(report: &CheckReport) -> Self {
        Self {
            invariant: format!("{}, {}", report.invariant.code(), report.invariant.title()),
            rows: report.rows_checked,
            seconds: Duration::from_millis(report.duration_ms).as_secs_f64(),
        }
    }
}
