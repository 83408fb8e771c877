//! Freezing a plan, of whichever revision: what finalizing and correcting have in common.

use async_trait::async_trait;
use domain::{Competitor, Hash256, PlannedAward, PlayerId, Tournament, TournamentId};
use ports::{Actor, AdvanceError, Awards, Locked, Reopened, StoreError, UnitOfWork};

use crate::{
    DistributeScope, Distribution, Guerdon, GuerdonError, ProgressListener,
    apply::{Writing, apply},
    planning::{Field, PlanInProgress},
    requests::Keeping,
    tally::Tally,
};

/// What became of freezing.
pub(crate) enum Frozen {
    /// The field fitted one chunk: everybody who can be paid has been.
    Settled(Tally),
    /// The plan is stored; its awards are to be distributed, but for what has been.
    ToDistribute(Tally),
    /// Somebody else had frozen a plan; this is what the lock found.
    Before(Box<Tournament>),
}

impl Frozen {
    /// What this call has paid by now.
    pub(crate) fn paid(&self) -> Tally {
        match self {
            Self::Settled(paid) | Self::ToDistribute(paid) => paid.clone(),
            Self::Before(_) => Tally::default(),
        }
    }
}

/// A plan with all of its awards stored.
pub(crate) struct StoredPlan<'uow> {
    pub(crate) hash: Hash256,
    /// What is to be paid of a field that fits one chunk.
    pub(crate) claimed: Option<Locked<'uow, Awards>>,
}

/// One call that freezes, handed to each try of its unit of work.
#[derive(Clone)]
pub(crate) struct Freezing {
    pub(crate) id: TournamentId,
    pub(crate) actor: Actor,
    pub(crate) chunk: u32,
    pub(crate) expected: Option<Hash256>,
    pub(crate) writing: Writing,
    pub(crate) keeping: Keeping,
}

/// A locked tournament whose plan can be stored: the first one, or one in its place.
#[async_trait]
pub(crate) trait Draft<'uow>: Field {
    /// What it is a plan of.
    fn row(&self) -> &Tournament;

    /// Stores a part of the plan.
    async fn store(&self, awards: &[PlannedAward]) -> Result<(), AdvanceError>;

    /// Stores the whole plan, and claims what is to be paid of it.
    async fn store_whole(
        &self,
        awards: Vec<PlannedAward>,
    ) -> Result<Locked<'uow, Awards>, AdvanceError>;
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
            Frozen::Before(tournament) => return self.conflict_with(&tournament).await,
            Frozen::Settled(tally) => {
                progress.chunk(&tally);
                tally
            }
            // Whoever froze the plan is no second caller, even if others have paid all of it.
            Frozen::ToDistribute(paid) => return self.go_on(id, paid, progress, &actor).await,
        };
        Ok(tally.into_distribution(self.summary(id).await?))
    }

    /// Distributes what is left of a plan that this call, or the request that it carries, has frozen.
    pub(crate) async fn go_on(
        &self,
        id: TournamentId,
        paid: Tally,
        progress: &ProgressListener,
        actor: &Actor,
    ) -> Result<Distribution, GuerdonError> {
        let scope = DistributeScope::Pending;
        let (tally, _) = self.distribute_rest(id, scope, paid, progress, actor).await?;
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
            keeping: self.keeping(),
        }
    }
}

/// Stores every award of the plan.
pub(crate) async fn store_plan<'uow>(
    draft: &impl Draft<'uow>,
    freezing: &Freezing,
) -> Result<StoredPlan<'uow>, GuerdonError> {
    let first = draft.page(None, freezing.chunk + 1).await?;
    if first.len() > freezing.chunk as usize {
        let hash = store_in_parts(draft, freezing).await?;
        return Ok(StoredPlan { hash, claimed: None });
    }
    let mut plan = PlanInProgress::survey_whole(draft.row(), &first);
    let awards = plan.plan(&first)?;
    let hash = plan.finish(freezing.expected)?;
    let claimed = Some(draft.store_whole(awards).await?);
    Ok(StoredPlan { hash, claimed })
}

async fn store_in_parts<'uow>(
    draft: &impl Draft<'uow>,
    freezing: &Freezing,
) -> Result<Hash256, GuerdonError> {
    let (mut plan, mut pages) = PlanInProgress::survey(draft.row(), draft, freezing.chunk).await?;
    while let Some(page) = pages.next().await? {
        draft.store(&plan.plan(&page)?).await?;
    }
    plan.finish(freezing.expected)
}

/// Pays a field that fits one chunk, in the transaction that froze it; a larger one is left.
pub(crate) async fn settle_what_fits(
    tournament: Locked<'_, Tournament>,
    claimed: Option<Locked<'_, Awards>>,
    freezing: &Freezing,
) -> Result<Frozen, GuerdonError> {
    let Some(awards) = claimed else { return Ok(Frozen::ToDistribute(Tally::default())) };
    let tally = apply(&tournament, awards, freezing.writing).await?;
    if tally.failed.is_empty() {
        tournament.mark_distributed(&freezing.actor).await?;
    }
    Ok(Frozen::Settled(tally))
}

#[async_trait]
impl Field for Locked<'_, Tournament> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.field_page(after, limit).await
    }
}

#[async_trait]
impl<'uow> Draft<'uow> for Locked<'uow, Tournament> {
    fn row(&self) -> &Tournament {
        self
    }

    async fn store(&self, awards: &[PlannedAward]) -> Result<(), AdvanceError> {
        self.plan_awards(awards).await
    }

    async fn store_whole(
        &self,
        awards: Vec<PlannedAward>,
    ) -> Result<Locked<'uow, Awards>, AdvanceError> {
        self.plan_and_claim(awards).await
    }
}

#[async_trait]
impl Field for Locked<'_, Reopened> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.field_page(after, limit).await
    }
}

#[async_trait]
impl<'uow> Draft<'uow> for Locked<'uow, Reopened> {
    fn row(&self) -> &Tournament {
        self
    }

    async fn store(&self, awards: &[PlannedAward]) -> Result<(), AdvanceError> {
        Ok(self.replan_awards(awards).await?)
    }

    async fn store_whole(
        &self,
        awards: Vec<PlannedAward>,
    ) -> Result<Locked<'uow, Awards>, AdvanceError> {
        Ok(self.replan_and_claim(&awards).await?)
    }
}
