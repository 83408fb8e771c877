//! Eight tournaments at once: over the same players, who are waited for, and over others.

use app_service::{LockRow, Settings, domain::TournamentId};
use ports::RetryPolicy;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::{
    Failure, args::Args, figures::median, ground::Ground, payer::Payer, stopwatch::Stopwatch,
};

const TOURNAMENTS: u32 = 8;

/// Participants of each.
const SIZE: u32 = 1_000;

const ROUNDS_MAX: u32 = 7;

/// As many as compete when nobody competes twice.
pub(crate) const PLAYERS: u32 = TOURNAMENTS * SIZE;

/// What eight tournaments at once cost. Nothing is ever tried again: a deadlock fails the run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Contention {
    pub(crate) tournaments: u32,
    pub(crate) participants: u32,
    pub(crate) shared: Crowd,
    pub(crate) disjoint: Crowd,
    /// Throughput over the same players by that over others.
    pub(crate) ratio: f64,
}

/// Tournaments that were paid at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Crowd {
    /// Until the last one was paid: median.
    pub(crate) seconds: f64,
    /// How long their locks were waited for, and held.
    pub(crate) locks: Vec<LockRow>,
}

/// Those who pay such tournaments, and what it took them.
struct Runner {
    name: &'static str,
    payer: Payer,
    seconds: Vec<f64>,
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Contention, Failure> {
    let mut shared = Runner::new("shared", ground);
    let mut disjoint = Runner::new("disjoint", ground);
    for round in 0..=args.rounds(SIZE).min(ROUNDS_MAX) {
        // The first round has warmed up.
        if round == 1 {
            shared = Runner::new("shared", ground);
            disjoint = Runner::new("disjoint", ground);
        }
        let together = shared.announce(ground, round, |_| 0).await?;
        let apart = disjoint.announce(ground, round, |number| number * SIZE).await?;
        ground.vacuum().await?;
        if round % 2 == 0 {
            shared.pay(together).await?;
            disjoint.pay(apart).await?;
        } else {
            disjoint.pay(apart).await?;
            shared.pay(together).await?;
        }
    }
    let (shared, disjoint) = (shared.crowd().await?, disjoint.crowd().await?);
    let ratio = disjoint.seconds / shared.seconds;
    let (tournaments, participants) = (TOURNAMENTS, SIZE);
    Ok(Contention { tournaments, participants, shared, disjoint, ratio })
}

impl Runner {
    fn new(name: &'static str, ground: &Ground) -> Self {
        let settings = Settings { retries: RetryPolicy::NEVER, ..Settings::default() };
        Self { name, payer: ground.payer.with_settings(settings), seconds: vec![] }
    }

    async fn announce(
        &self,
        ground: &Ground,
        round: u32,
        first_player: impl Fn(u32) -> u32,
    ) -> Result<Vec<TournamentId>, Failure> {
        let mut ids = vec![];
        for number in 0..TOURNAMENTS {
            let key = format!("{}-{round}-{number}", self.name);
            let seed = u64::from(round * TOURNAMENTS + number);
            let first = first_player(number);
            ids.push(ground.payer.announce(&key, SIZE, first..first + SIZE, seed).await?);
        }
        Ok(ids)
    }

    /// All of them at once, until the last one is paid.
    async fn pay(&mut self, ids: Vec<TournamentId>) -> Result<(), Failure> {
        let stopwatch = Stopwatch::start();
        let mut paying = JoinSet::new();
        for id in ids {
            let payer = self.payer.clone();
            paying.spawn(async move { payer.pay(id).await });
        }
        while let Some(paid) = paying.join_next().await {
            paid??;
        }
        self.seconds.push(stopwatch.elapsed().as_secs_f64());
        Ok(())
    }

    async fn crowd(self) -> Result<Crowd, Failure> {
        let locks = self.payer.guerdon.lock_report(None).await?.rows;
        let seconds = median(self.seconds);
        Ok(Crowd { seconds, locks })
    }
}
