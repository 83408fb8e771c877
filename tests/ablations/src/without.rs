//! Takes guards out of a store.

use std::sync::Arc;

use interposed::{InterposedStore, Interposer};
use memory_adapter::MemoryStore;
use ports::spi::Store;

use crate::{
    Guard,
    interposers::{
        belongings::{
            AssessesOverAll, ForgetsLevels, HearsAgain, InsertsBadges, InsertsLevels, StepsAgain,
            StepsOverAll,
        },
        books::{AppliesAgain, ClosesAnyway, NoStatusGate, NumbersAnew},
        charges::{EndsAgain, EndsUnderOwnKeys},
        corrections::{AwardsFirst, ForgetsWhatWasPaid, KeysWithoutRevision, PlansAnew},
        ledger::{MovesFirst, Overdraws, PostsAgain, SetsBalances},
        locks::{LocksAsPlaced, NoClaim, NoExclusiveLock, NoPlayerLock, NoSharedLock},
        rules::{GivesApart, MovesOnAnyway, NoRuleLock, ReviewsAgain},
        transactions::{
            MarksApart, NoSavepoints, RevivesAfterRefusal, SilenceIsConsent, SilenceIsRefusal,
        },
    },
};

/// Puts something between its users and a store.
pub type Through = Arc<dyn Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync>;

/// Takes `guards` out of every store that passes.
#[must_use]
pub fn without(guards: &[Guard]) -> Through {
    let guards = guards.to_vec();
    Arc::new(move |store| {
        guards.iter().fold(store, |store, guard| match guard {
            // Whoever locks nothing does not wait for those who pay, either.
            Guard::TournamentLock => {
                let shared = between(taken_out(Guard::TournamentLock, &store), store);
                between(taken_out(Guard::ClosingLock, &shared), shared)
            }
            guard => between(taken_out(*guard, &store), store),
        })
    })
}

/// Makes balances of `store` move by what is asked for, whatever is posted.
#[must_use]
pub fn moving_first(store: &MemoryStore) -> Arc<dyn Store> {
    between(Some(Arc::new(MovesFirst::through(store.clone()))), store.shared())
}

fn between(by: Option<Arc<dyn Interposer>>, store: Arc<dyn Store>) -> Arc<dyn Store> {
    match by {
        Some(by) => InterposedStore::new(store, by).shared(),
        None => store,
    }
}

/// What breaks the promise; `None` where a store has promised nothing: the plan's hash is checked by
/// whoever asks for it, and a balance is moved past every port.
fn taken_out(guard: Guard, store: &Arc<dyn Store>) -> Option<Arc<dyn Interposer>> {
    let store = Arc::clone(store);
    Some(match guard {
        Guard::TournamentLock => Arc::new(NoSharedLock(store)),
        Guard::ClosingLock => Arc::new(NoExclusiveLock(store)),
        Guard::StatusGate => Arc::new(NoStatusGate),
        Guard::Claim => Arc::new(NoClaim(store)),
        Guard::AppliedIsFinal => Arc::new(AppliesAgain(store)),
        Guard::OneTransaction => Arc::new(MarksApart::on(store)),
        Guard::PlayerLock => Arc::new(NoPlayerLock(store)),
        Guard::LockOrder => Arc::new(LocksAsPlaced::default()),
        Guard::IdempotencyKey => Arc::new(PostsAgain(store)),
        Guard::RevisionInKey => Arc::new(KeysWithoutRevision),
        Guard::PaidIsSubtracted => Arc::new(ForgetsWhatWasPaid),
        Guard::PlannedAsBefore => Arc::new(PlansAnew(store)),
        Guard::RevokedFirst => Arc::<AwardsFirst>::default(),
        Guard::HighWaterMark => Arc::new(ForgetsLevels),
        Guard::RuleLock => Arc::new(NoRuleLock(store)),
        Guard::ReviewedOnce => Arc::new(ReviewsAgain),
        Guard::FinishedIsFinal => Arc::new(MovesOnAnyway),
        Guard::PageInOneTransaction => Arc::new(GivesApart::on(store)),
        Guard::AtomicMove => Arc::new(SetsBalances::on(store)),
        Guard::Floor => Arc::new(Overdraws),
        Guard::HoldEndsOnce => Arc::new(EndsAgain),
        Guard::EndKey => Arc::new(EndsUnderOwnKeys),
        Guard::BadgeOrExisting => Arc::new(InsertsBadges),
        Guard::LevelOrExisting => Arc::new(InsertsLevels),
        Guard::StepOrExisting => Arc::new(StepsAgain),
        Guard::StepTouchesItsSkills => Arc::new(StepsOverAll(store)),
        Guard::AssessmentOrExisting => Arc::new(HearsAgain),
        Guard::AssessmentTouchesItsSkill => Arc::new(AssessesOverAll(store)),
        Guard::BooksCloseWhenPaid => Arc::new(ClosesAnyway),
        Guard::ChangeNumber => Arc::new(NumbersAnew(store)),
        Guard::DeadAfterRefusal => Arc::new(RevivesAfterRefusal),
        Guard::CommitUnknown => Arc::new(SilenceIsConsent),
        Guard::LastCommit => Arc::new(SilenceIsRefusal),
        Guard::Isolation => Arc::new(NoSavepoints),
        Guard::PlanHash | Guard::LedgerBeforeBalance => return None,
    })
}
