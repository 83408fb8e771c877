//! Eight tournaments at once over pools of several sizes.

use app_service::{FinalizeOptions, Guerdon, domain::TournamentId};
use races::actor;
use tokio::task::JoinSet;

use crate::{
    Args, Failure,
    candidates::CANDIDATES,
    site::{Site, whole},
    stopwatch::Stopwatch,
};

/// Connections of a pool.
pub(crate) const SIZES: [u32; 5] = [1, 2, 4, 8, 16];

/// Tournaments at once.
pub(crate) const TOURNAMENTS: usize = 8;
/// Participants of each.
pub(crate) const PARTICIPANTS: usize = 1_000;

/// Seconds until the last tournament is paid, pool by pool, round by round.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Over other players each.
    pub(crate) disjoint: [Vec<f64>; SIZES.len()],
    /// Over the same players, who are waited for.
    pub(crate) shared: [Vec<f64>; SIZES.len()],
}

pub(crate) async fn measure(args: &Args) -> Result<Measured, Failure> {
    let players = u32::try_from(TOURNAMENTS * PARTICIPANTS)?;
    let site = Site::prepare(CANDIDATES[0], players).await?;
    let mut pools = vec![];
    for size in SIZES {
        pools.push(site.with_connections(size).await?);
    }
    let mut measured = Measured::default();
    for round in 0..=args.rounds {
        for turn in 0..pools.len() {
            let n = (turn + round as usize) % pools.len();
            let apart = announce(&site, &format!("apart-{round}-{n}"), PARTICIPANTS).await;
            let together = announce(&site, &format!("together-{round}-{n}"), 0).await;
            site.say("CHECKPOINT").await?;
            let (apart, together) = (pay(&pools[n], apart).await?, pay(&pools[n], together).await?);
            if round > 0 {
                measured.disjoint[n].push(apart);
                measured.shared[n].push(together);
            }
        }
    }
    Ok(measured)
}

/// Eight tournaments, each over the players that begin so much further on.
async fn announce(site: &Site, name: &str, apart: usize) -> Vec<TournamentId> {
    let mut cups = vec![];
    for n in 0..TOURNAMENTS {
        cups.push(site.announce(&format!("{name}-{n}"), n * apart, PARTICIPANTS).await);
    }
    cups
}

async fn pay(guerdon: &Guerdon, cups: Vec<TournamentId>) -> Result<f64, Failure> {
    let stopwatch = Stopwatch::start();
    let mut paying = JoinSet::new();
    for cup in cups {
        let guerdon = guerdon.clone();
        paying.spawn(
            async move { guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await },
        );
    }
    while let Some(paid) = paying.join_next().await {
        whole(&paid??)?;
    }
    Ok(stopwatch.seconds())
}
