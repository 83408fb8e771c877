//! Freezes a tournament's plan and pays it.

use domain::{Competitor, Hash256, PlayerId, Tournament, TournamentId, TournamentStatus};
use ports::{
    Actor, Locked, StoreError, UnitOfWork,
    spi::{Claim, ClaimScope, ClaimStates},
};

use crate::{
    DistributeScope, Distribution, Guerdon, GuerdonError, ProgressListener,
    apply::{Writing, apply},
    last_commit::LastCommit,
    planning::{Field, HeldField, Pages, PlanInProgress},
    tally::Tally,
};

/// What a caller of finalize may ask for.
#[derive(Debug, Clone, Default)]
pub struct FinalizeOptions {
    /// Pay only the plan of this hash, the one that was previewed.
    pub expected_plan: Option<Hash256>,
    /// Hears of every chunk that is paid.
    pub progress: ProgressListener,
}

/// What became of freezing.
enum Frozen {
    /// The field fitted one chunk: everybody who can be paid has been.
    Settled(Tally),
    /// The plan is stored; its awards are to be distributed.
    ToDistribute,
}

/// One call of finalize, handed to each try of its unit of work.
#[derive(Clone)]
struct Freezing {
    id: TournamentId,
    actor: Actor,
    chunk: u32,
    expected: Option<Hash256>,
    writing: Writing,
    last_commit: LastCommit,
}

impl Guerdon {
    /// Freezes the plan of a tournament whose results are in, and pays it: exactly one caller does,
    /// every other one gets [`GuerdonError::Conflict`] with what exists.
    ///
    /// A field that fits one chunk is planned, frozen and paid in one transaction. A larger one is
    /// frozen in one and paid in others; if this process dies in between,
    /// [`distribute`](Self::distribute) goes on.
    #[tracing::instrument(skip(self, options))]
    pub async fn finalize(
        &self,
        id: TournamentId,
        options: FinalizeOptions,
        actor: &Actor,
    ) -> Result<Distribution, GuerdonError> {
        let freezing = Freezing {
            id,
            actor: actor.clone(),
            chunk: self.settings.chunk(),
            expected: options.expected_plan,
            writing: Writing::Together,
            last_commit: LastCommit::default(),
        };
        let frozen = match self.freeze(freezing.clone()).await {
            Err(GuerdonError::Store(StoreError::Corrupt { .. })) => {
                self.freeze(Freezing { writing: Writing::Isolating, ..freezing }).await
            }
            other => other,
        };
        match frozen {
            Ok(Frozen::Settled(tally)) => {
                options.progress.chunk(&tally);
                Ok(tally.into_distribution(self.summary(id).await?))
            }
            Ok(Frozen::ToDistribute) => {
                // Whoever froze the plan is no second caller, even if others have paid all of it.
                let scope = DistributeScope::Pending;
                let (tally, _) = self.distribute_rest(id, scope, &options.progress, actor).await?;
                Ok(tally.into_distribution(self.summary(id).await?))
            }
            Err(GuerdonError::Illegal(illegal)) if illegal.from.is_frozen() => {
                self.conflict(id).await
            }
            Err(error) => Err(error),
        }
    }

    async fn freeze(&self, freezing: Freezing) -> Result<Frozen, GuerdonError> {
        self.units.run("finalize", move |uow| freeze(uow, freezing.clone())).await
    }

    /// The answer to whoever comes second.
    pub(crate) async fn conflict<T>(&self, id: TournamentId) -> Result<T, GuerdonError> {
        Err(GuerdonError::Conflict { existing: Box::new(self.summary(id).await?) })
    }
}

async fn freeze(mut uow: UnitOfWork, freezing: Freezing) -> Result<Frozen, GuerdonError> {
    let mut tournament = uow.lock_tournament(freezing.id).await?;
    if tournament.status.is_frozen() && freezing.last_commit.may_have_happened() {
        return Ok(Frozen::ToDistribute);
    }
    gate(&tournament)?;
    let frozen = if store_plan(&mut tournament, &freezing).await? {
        Frozen::Settled(settle_whole(tournament, &freezing).await?)
    } else {
        Frozen::ToDistribute
    };
    freezing.last_commit.commit(uow).await?;
    Ok(frozen)
}

/// Pays a field that fits one chunk, in the transaction that froze it.
async fn settle_whole(
    tournament: Locked<'_, Tournament>,
    freezing: &Freezing,
) -> Result<Tally, GuerdonError> {
    let scope = ClaimScope::Next { after: None, limit: freezing.chunk };
    let claim = Claim { scope, states: ClaimStates::Pending };
    let awards = tournament.claim_awards(&claim).await?;
    let tally = apply(&tournament, awards, freezing.writing).await?;
    if tally.failed.is_empty() {
        tournament.mark_distributed(&freezing.actor).await?;
    }
    Ok(tally)
}

/// Whoever passes holds the lock, and is the only one ever to pass.
fn gate(tournament: &Tournament) -> Result<(), GuerdonError> {
    match tournament.status {
        TournamentStatus::Scheduled => Err(GuerdonError::NoResults(tournament.id)),
        TournamentStatus::Cancelled => Err(GuerdonError::Cancelled(tournament.id)),
        status => Ok(status.advance(TournamentStatus::Completed).map(drop)?),
    }
}

/// Stores every award and freezes the plan; answers whether the field fits one chunk.
async fn store_plan(
    tournament: &mut Locked<'_, Tournament>,
    freezing: &Freezing,
) -> Result<bool, GuerdonError> {
    let row = (**tournament).clone();
    let first = tournament.field_page(None, freezing.chunk + 1).await?;
    let fits = first.len() <= freezing.chunk as usize;
    let plan = if fits {
        store_awards(&row, tournament, &HeldField(first), freezing).await?
    } else {
        store_awards(&row, tournament, &*tournament, freezing).await?
    };
    tournament.complete(plan, &freezing.actor).await?;
    Ok(fits)
}

async fn store_awards(
    row: &Tournament,
    tournament: &Locked<'_, Tournament>,
    field: &impl Field,
    freezing: &Freezing,
) -> Result<Hash256, GuerdonError> {
    let mut plan = PlanInProgress::survey(row, field, freezing.chunk).await?;
    let mut pages = Pages::of(field, freezing.chunk);
    while let Some(page) = pages.next().await? {
        tournament.plan_awards(&plan.plan(&page)?).await?;
    }
    plan.finish(freezing.expected)
}

impl Field for Locked<'_, Tournament> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.field_page(after, limit).await
    }
}
