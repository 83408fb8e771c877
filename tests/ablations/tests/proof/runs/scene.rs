//! What is there before a run begins.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use ablations::{Guard, Through};
use app_service::Guerdon;
use async_trait::async_trait;
use conformance::Harness;
use domain::TournamentId;
use interposed::{InterposedStore, Interposer};
use memory_adapter::MemoryStore;
use ports::{
    StoreError,
    spi::{AwardTotals, Store, Transaction},
};
use races::Arena;
use schedules::{Cup, Ground};

use crate::catcher::BrokenHarness;

/// The one tournament of a run.
const CUP: &str = "cup";

/// A tournament in memory, and the use cases on a store without some guards.
pub(crate) struct Scene {
    pub(crate) harness: BrokenHarness,
    pub(crate) arena: Arena,
    pub(crate) cup: TournamentId,
}

impl Scene {
    /// A tournament of so many players that was played.
    pub(crate) async fn played(players: usize, guards: &[Guard]) -> Self {
        Self::of(Cup::played(CUP), players, guards).await
    }

    /// A tournament of so many players whose plan is frozen.
    pub(crate) async fn frozen(players: usize, guards: &[Guard]) -> Self {
        Self::of(Cup::frozen(CUP), players, guards).await
    }

    async fn of(cup: Cup, players: usize, guards: &[Guard]) -> Self {
        let harness = BrokenHarness::without(guards);
        let ground = Ground::of(&[cup]).with_players(players);
        ground.lay(harness.healthy().shared()).await;
        let arena = ground.arena(harness.store());
        Self { harness, arena, cup: cup.id() }
    }

    pub(crate) fn memory(&self) -> &MemoryStore {
        self.harness.healthy()
    }

    pub(crate) async fn totals(&self) -> AwardTotals {
        self.memory().award_totals(self.cup).await.unwrap()
    }

    /// Guerdon with its usual retries, on a store without some guards. Its first commit meets `fate`
    /// behind them.
    pub(crate) fn after(&self, fate: Fate, without: &Through) -> Guerdon {
        Guerdon::new(without(meeting(fate, self.memory().shared())))
    }

    /// The same, but the first commit meets `fate` before them.
    pub(crate) fn until(&self, fate: Fate, without: &Through) -> Guerdon {
        Guerdon::new(meeting(fate, without(self.memory().shared())))
    }
}

/// What becomes of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The process dies before it is sent.
    Unsent,
    /// It gets lost, and nobody answers.
    Lost,
    /// It happens, and its answer gets lost.
    Unanswered,
}

fn meeting(fate: Fate, store: Arc<dyn Store>) -> Arc<dyn Store> {
    let first = FirstCommit { fate, met: AtomicBool::new(false) };
    InterposedStore::new(store, Arc::new(first)).shared()
}

struct FirstCommit {
    fate: Fate,
    met: AtomicBool,
}

#[async_trait]
impl Interposer for FirstCommit {
    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        if self.met.swap(true, Ordering::Relaxed) {
            return tx.commit().await;
        }
        match self.fate {
            Fate::Unanswered => tx.commit().await?,
            Fate::Unsent | Fate::Lost => tx.rollback().await?,
        }
        let source = "the connection is gone".into();
        Err(match self.fate {
            Fate::Unsent => StoreError::Unusable { during: "a crash", source },
            Fate::Lost | Fate::Unanswered => StoreError::CommitUnknown { source },
        })
    }
}
