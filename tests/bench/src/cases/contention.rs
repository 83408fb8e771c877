//! Eight tournaments at once: over the same players, who are waited for, and over others.

use app_service::{Guerdon, Settings, domain::TournamentId};
use ports::RetryPolicy;
use serde::Serialize;
use tokio::task::JoinSet;

use crate::{
    Failure, args::Args, figures::median_seconds, ground::Ground, stopwatch::Stopwatch, turns,
};

const TOURNAMENTS: u32 = 8;

/// Participants of each.
const SIZE: u32 = 1_000;

/// As many as compete when nobody competes twice.
pub(crate) const PLAYERS: u32 = TOURNAMENTS * SIZE;

/// What eight tournaments at once cost. Nothing is ever tried again: a deadlock fails the run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Contention {
    pub(crate) tournaments: u32,
    pub(crate) participants: u32,
    pub(crate) shared_seconds: f64,
    pub(crate) disjoint_seconds: f64,
    /// Throughput over the same players by that over others.
    pub(crate) ratio: f64,
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Contention, Failure> {
    let settings = Settings { retries: RetryPolicy::NEVER, ..args.settings() };
    let guerdon = ground.guerdon.clone().with_settings(settings);
    let (mut shared, mut disjoint) = (vec![], vec![]);
    for round in 0..=args.rounds(SIZE).min(7) {
        let together = announce(ground, round, "shared", |_| 0..SIZE).await?;
        let apart = |n: u32| n * SIZE..(n + 1) * SIZE;
        let apart = announce(ground, round, "disjoint", apart).await?;
        ground.vacuum().await?;
        let (together, apart) = if round % 2 == 0 {
            let together = pay(&guerdon, together).await?;
            (together, pay(&guerdon, apart).await?)
        } else {
            let apart = pay(&guerdon, apart).await?;
            (pay(&guerdon, together).await?, apart)
        };
        if round > 0 {
            shared.push(together);
            disjoint.push(apart);
        }
    }
    let (shared_seconds, disjoint_seconds) = (median_seconds(shared), median_seconds(disjoint));
    let ratio = disjoint_seconds / shared_seconds;
    let (tournaments, participants) = (TOURNAMENTS, SIZE);
    Ok(Contention { tournaments, participants, shared_seconds, disjoint_seconds, ratio })
}

async fn announce(
    ground: &Ground,
    round: u32,
    name: &str,
    players: impl Fn(u32) -> std::ops::Range<u32>,
) -> Result<Vec<TournamentId>, Failure> {
    let mut ids = vec![];
    for n in 0..TOURNAMENTS {
        let key = format!("{name}-{round}-{n}");
        let seed = u64::from(round * TOURNAMENTS + n);
        ids.push(ground.announce(&key, SIZE, players(n), seed).await?);
    }
    Ok(ids)
}

/// All of them at once; answers how many seconds until the last one is paid.
async fn pay(guerdon: &Guerdon, ids: Vec<TournamentId>) -> Result<f64, Failure> {
    let stopwatch = Stopwatch::start();
    let mut paying = JoinSet::new();
    for id in ids {
        let guerdon = guerdon.clone();
        paying.spawn(async move { turns::finalize(&guerdon, id).await });
    }
    while let Some(paid) = paying.join_next().await {
        paid??;
    }
    Ok(stopwatch.elapsed().as_secs_f64())
}
