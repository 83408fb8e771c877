//! Freezing a plan, of whichever revision: what finalizing and correcting have in common.

use domain::{Competitor, Hash256, PlannedAward, PlayerId, Tournament, TournamentId};
use ports::{
    Actor, AdvanceError, Locked, Reopened, StoreError, UnitOfWork,
    spi::{Claim, ClaimScope, ClaimStates},
};

use crate::{
    DistributeScope, Distribution, Guerdon, GuerdonError, ProgressListener,
    apply::{Writing, apply},
    last_commit::LastCommit,
    planning::{Field, HeldField, Pages, PlanInProgress},
    tally::Tally,
};

/// What became of freezing.
pub(crate) enum Frozen {
    /// The field fitted one chunk: everybody who can be paid has been.
    Settled(Tally),
    /// The plan is stored; its awards are to be distributed.
    ToDistribute,
}

/// One call that freezes, handed to each try of its unit of work.
#[derive(Clone)]
pub(crate) struct Freezing {
    pub(crate) id: TournamentId,
    pub(crate) actor: Actor,
    pub(crate) chunk: u32,
    pub(crate) expected: Option<Hash256>,
    pub(crate) writing: Writing,
    pub(crate) last_commit: LastCommit,
}

/// A locked tournament whose plan can be stored: the first one, or one in its place.
pub(crate) trait Draft: Field {
    /// What it is a plan of.
    fn row(&self) -> &Tournament;

    /// Stores a part of the plan.
    fn store(
        &self,
        awards: &[PlannedAward],
    ) -> impl Future<Output = Result<(), AdvanceError>> + Send;
}

impl Guerdon {
    /// Freezes as `freeze` does, once more participant by participant when the store refuses the
    /// whole, and distributes what a field larger than a chunk leaves to be paid.
    pub(crate) async fn freeze_and_pay<Freeze, Run>(
        &self,
        what: &'static str,
        freezing: Freezing,
        progress: &ProgressListener,
        freeze: Freeze,
    ) -> Result<Distribution, GuerdonError>
    where
        Freeze: Fn(UnitOfWork, Freezing) -> Run + Clone + Send + Sync + 'static,
        Run: Future<Output = Result<Frozen, GuerdonError>> + Send + 'static,
    {
        let (id, actor) = (freezing.id, freezing.actor.clone());
        let run = |freezing: Freezing| {
            let freeze = freeze.clone();
            self.units.run(what, move |uow| freeze(uow, freezing.clone()))
        };
        let frozen = match run(freezing.clone()).await {
            Err(GuerdonError::Store(StoreError::Corrupt { .. })) => {
                run(Freezing { writing: Writing::Isolating, ..freezing }).await
            }
            other => other,
        };
        let tally = match frozen? {
            Frozen::Settled(tally) => {
                progress.chunk(&tally);
                tally
            }
            // Whoever froze the plan is no second caller, even if others have paid all of it.
            Frozen::ToDistribute => {
                self.distribute_rest(id, DistributeScope::Pending, progress, &actor).await?.0
            }
        };
        Ok(tally.into_distribution(self.summary(id).await?))
    }

    pub(crate) fn freezing(
        &self,
        id: TournamentId,
        expected: Option<Hash256>,
        actor: &Actor,
    ) -> Freezing {
        Freezing {
            id,
            actor: actor.clone(),
            chunk: self.settings.chunk(),
            expected,
            writing: Writing::Together,
            last_commit: LastCommit::default(),
        }
    }
}

/// Stores every award of the plan; answers its name, and whether the field fits one chunk.
pub(crate) async fn store_plan(
    draft: &impl Draft,
    freezing: &Freezing,
) -> Result<(Hash256, bool), GuerdonError> {
    let first = draft.page(None, freezing.chunk + 1).await?;
    let fits = first.len() <= freezing.chunk as usize;
    let plan = if fits {
        store_awards(draft, &HeldField(first), freezing).await?
    } else {
        store_awards(draft, draft, freezing).await?
    };
    Ok((plan, fits))
}

async fn store_awards(
    draft: &impl Draft,
    field: &impl Field,
    freezing: &Freezing,
) -> Result<Hash256, GuerdonError> {
    let mut plan = PlanInProgress::survey(draft.row(), field, freezing.chunk).await?;
    let mut pages = Pages::of(field, freezing.chunk);
    while let Some(page) = pages.next().await? {
        draft.store(&plan.plan(&page)?).await?;
    }
    plan.finish(freezing.expected)
}

/// Pays a field that fits one chunk, in the transaction that froze it; a larger one is left.
pub(crate) async fn settle_what_fits(
    tournament: Locked<'_, Tournament>,
    fits: bool,
    freezing: &Freezing,
) -> Result<Frozen, GuerdonError> {
    if !fits {
        return Ok(Frozen::ToDistribute);
    }
    let scope = ClaimScope::Next { after: None, limit: freezing.chunk };
    let claim = Claim { scope, states: ClaimStates::Pending };
    let awards = tournament.claim_awards(&claim).await?;
    let tally = apply(&tournament, awards, freezing.writing).await?;
    if tally.failed.is_empty() {
        tournament.mark_distributed(&freezing.actor).await?;
    }
    Ok(Frozen::Settled(tally))
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

impl Draft for Locked<'_, Tournament> {
    fn row(&self) -> &Tournament {
        self
    }

    async fn store(&self, awards: &[PlannedAward]) -> Result<(), AdvanceError> {
        self.plan_awards(awards).await
    }
}

impl Field for Locked<'_, Reopened> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.field_page(after, limit).await
    }
}

impl Draft for Locked<'_, Reopened> {
    fn row(&self) -> &Tournament {
        self
    }

    async fn store(&self, awards: &[PlannedAward]) -> Result<(), AdvanceError> {
        Ok(self.replan_awards(awards).await?)
    }
}
