//! A service on a mocked store: which transactions it begins, and what it reads without one.

use std::sync::Arc;

use app_service::{
    DistributeScope, Distribution, FinalizeOptions, Guerdon, GuerdonError, ProgressListener,
    Settings,
};
use domain::{TournamentStatus, TournamentStatus::InProgress};
use mockall::Sequence;
use ports::{
    RetryPolicy, StoreError, TransientCause,
    spi::{AwardRecord, AwardTotals, MockStore, MockTransaction, Transaction},
};

use crate::{
    cast::{ANNA, BEN, CUP, cup, field, newcomers, referee, usual_awards},
    script::{Heard, Script, lock},
};

/// Tries of one unit of work.
pub(crate) const TRIES: u32 = 3;

/// The call of a chunk that claims awards.
const CLAIM: usize = 1;

/// The calls that the store must get, in this order, and no others.
pub(crate) struct Scene {
    store: MockStore,
    order: Sequence,
    chunk_size: u32,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self { store: MockStore::new(), order: Sequence::new(), chunk_size: 10 }
    }

    pub(crate) fn with_chunk_size(self, chunk_size: u32) -> Self {
        Self { chunk_size, ..self }
    }

    pub(crate) fn begins(self, script: Script) -> Self {
        self.hands_out(script.into_transaction(None))
    }

    /// A transaction whose call number `at` fails. It must get no further call.
    pub(crate) fn begins_failing(self, script: Script, at: usize, error: StoreError) -> Self {
        self.hands_out(script.into_transaction(Some((at, error))))
    }

    /// The same of a chunk: what it has claimed is let go of before anybody tries again. A chunk that
    /// has claimed nothing, or whose commit fails, has nothing to let go of.
    pub(crate) fn begins_chunk_failing(self, chunk: Script, at: usize, error: StoreError) -> Self {
        if at <= CLAIM || at + 1 == chunk.len() {
            return self.begins_failing(chunk, at, error);
        }
        self.hands_out(chunk.into_rolled_back(at, error))
    }

    /// A claim that comes back empty.
    pub(crate) fn finds_nothing_to_claim(self) -> Self {
        self.begins(Script::default().shares(TournamentStatus::Completed).claims(vec![]).commits())
    }

    /// Closes the books under the exclusive lock, because nothing is pending.
    pub(crate) fn closes(self) -> Self {
        let script = Script::default().locks(TournamentStatus::Completed).claims(vec![]);
        self.begins(script.advances().commits())
    }

    /// Reads the tournament without a lock.
    pub(crate) fn reads(mut self, found: TournamentStatus) -> Self {
        self.store
            .expect_find_tournaments()
            .times(1)
            .in_sequence(&mut self.order)
            .return_once(move |_| Ok(vec![cup(found)]));
        self
    }

    /// Reads what exists.
    pub(crate) fn summarises(self, found: TournamentStatus) -> Self {
        self.reads(found).adds_up()
    }

    /// Reads what has been paid of a tournament that is known.
    pub(crate) fn adds_up(mut self) -> Self {
        self.store
            .expect_award_totals()
            .times(1)
            .in_sequence(&mut self.order)
            .return_once(|_| Ok(totals()));
        self
    }

    /// Looks a named player's award up, after there was nothing of it to claim.
    pub(crate) fn finds_the_award(mut self) -> Self {
        let award = usual_awards().into_iter().next();
        let found = award.map(|award| AwardRecord { award, applied_at: None });
        self.store
            .expect_find_award()
            .times(1)
            .in_sequence(&mut self.order)
            .return_once(move |_, _| Ok(found));
        self
    }

    pub(crate) fn guerdon(self) -> Guerdon {
        let retries = RetryPolicy { attempts_max: TRIES, ..RetryPolicy::NEVER };
        let settings = Settings { chunk_size: self.chunk_size, workers: 1, retries };
        Guerdon::new(Arc::new(self.store)).with_settings(settings)
    }

    pub(crate) async fn finalize(self) -> Result<Distribution, GuerdonError> {
        self.guerdon().finalize(CUP, FinalizeOptions::default(), &referee()).await
    }

    pub(crate) async fn distribute(
        self,
        scope: DistributeScope,
    ) -> Result<Distribution, GuerdonError> {
        self.guerdon().distribute(CUP, scope, &ProgressListener::default(), &referee()).await
    }

    fn hands_out(mut self, tx: MockTransaction) -> Self {
        self.store
            .expect_begin()
            .times(1)
            .in_sequence(&mut self.order)
            .return_once(move || Ok(Box::new(tx) as Box<dyn Transaction>));
        self
    }
}

/// Finalizes with one transaction, which must pay everybody; answers what it was told.
pub(crate) async fn told(script: Script) -> Heard {
    let heard = script.heard();
    let scene = Scene::new().begins(script).summarises(TournamentStatus::RewardsDistributed);
    let paid = scene.finalize().await;
    assert!(matches!(paid, Ok(it) if it.is_complete()));
    std::mem::take(&mut *lock(&heard))
}

/// The whole of finalize for a field that fits one chunk: one transaction, one commit.
pub(crate) fn finalizing() -> Script {
    let script = Script::default().locks(InProgress).freezes(field([ANNA, BEN]));
    script.settles_claimed(newcomers()).advances().commits()
}

/// One chunk of distribute that pays the usual field.
pub(crate) fn distributing() -> Script {
    let script = Script::default().shares(TournamentStatus::Completed);
    script.settles(usual_awards(), newcomers()).commits()
}

pub(crate) fn totals() -> AwardTotals {
    AwardTotals { applied: 2, xp_paid: 971, credits_paid: 150, ..AwardTotals::default() }
}

pub(crate) fn deadlock() -> StoreError {
    let source = "deadlock detected".into();
    StoreError::Transient { cause: TransientCause::Deadlock, during: "a test", source }
}
