//! What a locked tournament permits.

use std::ops::Deref;

use domain::{
    Award, AwardState, Competitor, FieldFacts, Hash256, PlannedAward, PlayerId, Standing,
    Standings, StandingsHasher, Tournament, TournamentId, TournamentStatus,
};

use super::{Awards, Locked};
use crate::{
    Actor, AdvanceError, StoreError, UnitOfWork,
    observer::LockKind,
    spi::{Claim, ClaimScope, ClaimStates, TournamentChange, TournamentEvent},
};

/// Results in pages, in ascending player id; an error is what keeps the next one from being read.
pub type ResultsPages<'a> = dyn Iterator<Item = Result<Vec<Standing>, StoreError>> + Send + 'a;

/// A row under a shared lock: others may hold it, too, and nobody may change it.
#[derive(Debug)]
pub struct Shared<Row>(pub(crate) Row);

impl<Row> Deref for Shared<Row> {
    type Target = Row;

    fn deref(&self) -> &Row {
        &self.0
    }
}

/// A frozen tournament that is being corrected: the results are other ones, and the plan is being
/// made again.
#[derive(Debug)]
pub struct Reopened {
    tournament: Tournament,
    results: Hash256,
}

impl Deref for Reopened {
    type Target = Tournament;

    fn deref(&self) -> &Tournament {
        &self.tournament
    }
}

impl<'uow> Locked<'uow, Tournament> {
    /// Puts `standings` in the place of the results, all of them at once, and answers what they are
    /// named.
    pub async fn replace_results(
        &mut self,
        standings: &Standings,
        actor: &Actor,
    ) -> Result<Hash256, AdvanceError> {
        let mut all = std::iter::once(Ok(standings.entries().to_vec()));
        self.replace_results_by_page(standings.facts(), &mut all, actor).await
    }

    /// The same of standings that nobody holds: they come in pages, in ascending player id. Pages
    /// that are not what `facts` names are refused as [`StoreError::Invalid`].
    pub async fn replace_results_by_page(
        &mut self,
        facts: FieldFacts,
        pages: &mut ResultsPages<'_>,
        actor: &Actor,
    ) -> Result<Hash256, AdvanceError> {
        let (results_hash, field_size) = (facts.hash(), facts.field_size);
        let event = TournamentEvent::ResultsSubmitted { results_hash, field_size };
        let to = self.row.status.accept_results()?;
        write_results(self.uow, self.row.id, results_hash, pages).await?;
        self.record(event, to, actor).await?;
        self.row.results_hash = Some(results_hash);
        self.row.field_size = field_size;
        Ok(results_hash)
    }

    /// A page of the results in ascending player id, behind `after`.
    pub async fn field_page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.uow.tx().select_field(self.row.id, after, limit).await
    }

    /// Stores a part of the plan, pending. Only before [`complete`](Self::complete).
    pub async fn plan_awards(&self, awards: &[PlannedAward]) -> Result<(), AdvanceError> {
        self.row.status.advance(TournamentStatus::Completed)?;
        Ok(self.uow.tx().insert_awards(self.row.id, self.row.revision, awards).await?)
    }

    /// Stores the whole plan, pending, and claims it: what this unit of work has just written,
    /// nobody else can see, and nothing of it can be otherwise than it was written.
    pub async fn plan_and_claim(
        &self,
        awards: Vec<PlannedAward>,
    ) -> Result<Locked<'uow, Awards>, AdvanceError> {
        self.plan_awards(&awards).await?;
        let revision = self.row.revision;
        let pending = |planned| Award { revision, planned, state: AwardState::Pending, paid: None };
        let awards = awards.into_iter().map(pending).collect();
        Ok(Locked::mint(Awards::of(self.row.id, awards), self.uow))
    }

    /// Freezes the plan: from here on it is only applied, never made again.
    pub async fn complete(&mut self, plan: Hash256, actor: &Actor) -> Result<(), AdvanceError> {
        let event = TournamentEvent::Completed { plan_hash: plan };
        self.advance(event, TournamentStatus::Completed, actor).await?;
        self.row.plan_hash = Some(plan);
        Ok(())
    }

    /// Closes the books. `false`, with nothing written, when an award is still pending or failed.
    pub async fn mark_distributed(mut self, actor: &Actor) -> Result<bool, AdvanceError> {
        let to = TournamentStatus::RewardsDistributed;
        self.advance(TournamentEvent::RewardsDistributed, to, actor).await
    }

    /// Begins a correction: puts `standings` in the place of frozen results, `page` of them at once.
    /// The revision is the next one from here on.
    pub async fn reopen(
        self,
        standings: &Standings,
        page: usize,
    ) -> Result<Locked<'uow, Reopened>, AdvanceError> {
        self.row.status.reopen()?;
        let results = standings.hash();
        let mut pages = standings.entries().chunks(page.max(1)).map(|it| Ok(it.to_vec()));
        write_results(self.uow, self.row.id, results, &mut pages).await?;
        let tournament = Tournament {
            revision: self.row.revision + 1,
            results_hash: Some(results),
            field_size: standings.field_size(),
            ..self.row
        };
        Ok(Locked::mint(Reopened { tournament, results }, self.uow))
    }

    /// Calls it off.
    pub async fn cancel(mut self, actor: &Actor) -> Result<(), AdvanceError> {
        let to = TournamentStatus::Cancelled;
        self.advance(TournamentEvent::Cancelled, to, actor).await.map(drop)
    }

    /// Puts it away.
    pub async fn archive(mut self, actor: &Actor) -> Result<(), AdvanceError> {
        let to = TournamentStatus::Archived;
        self.advance(TournamentEvent::Archived, to, actor).await.map(drop)
    }

    /// Takes the next lock of the order: the tournament, then its awards.
    pub async fn claim_awards(&self, claim: &Claim) -> Result<Locked<'uow, Awards>, StoreError> {
        claim_awards(&self.row, claim, self.uow).await
    }

    async fn advance(
        &mut self,
        event: TournamentEvent,
        to: TournamentStatus,
        actor: &Actor,
    ) -> Result<bool, AdvanceError> {
        let to = self.row.status.advance(to)?;
        self.record(event, to, actor).await.map_err(AdvanceError::Store)
    }

    async fn record(
        &mut self,
        event: TournamentEvent,
        to: TournamentStatus,
        actor: &Actor,
    ) -> Result<bool, StoreError> {
        let change = TournamentChange {
            tournament: self.row.id,
            seq: self.row.change_seq + 1,
            event,
            from: self.row.status,
            to,
            actor: actor.clone(),
            reason: None,
            at: self.uow.now(),
        };
        let recorded = self.uow.tx().update_tournament(&change).await?;
        if recorded {
            self.row.status = to;
            self.row.change_seq = change.seq;
        }
        Ok(recorded)
    }
}

impl<'uow> Locked<'uow, Reopened> {
    /// A page of the new results in ascending player id, behind `after`.
    pub async fn field_page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.uow.tx().select_field(self.row.id, after, limit).await
    }

    /// Stores a part of the plan in the place of what was planned before. An award becomes pending,
    /// unless nothing about it has changed.
    pub async fn replan_awards(&self, awards: &[PlannedAward]) -> Result<(), StoreError> {
        self.uow.tx().upsert_awards(self.row.id, self.row.revision, awards).await
    }

    /// Stores the whole plan in the place of the one before, and claims what is pending of it.
    pub async fn replan_and_claim(
        &self,
        awards: &[PlannedAward],
    ) -> Result<Locked<'uow, Awards>, StoreError> {
        self.replan_awards(awards).await?;
        let limit = u32::try_from(awards.len()).unwrap_or(u32::MAX);
        let scope = ClaimScope::Next { after: None, limit };
        let claim = Claim { scope, states: ClaimStates::Pending };
        claim_awards(&self.row, &claim, self.uow).await
    }

    /// Freezes the corrected plan, and says who corrected it and why.
    pub async fn complete(
        self,
        plan: Hash256,
        reason: &str,
        actor: &Actor,
    ) -> Result<Locked<'uow, Tournament>, AdvanceError> {
        let Locked { row: Reopened { tournament: mut row, results }, uow } = self;
        let to = row.status.reopen()?;
        let change = TournamentChange {
            tournament: row.id,
            seq: row.change_seq + 1,
            event: TournamentEvent::Corrected {
                results_hash: results,
                field_size: row.field_size,
                revision: row.revision,
                plan_hash: plan,
            },
            from: row.status,
            to,
            actor: actor.clone(),
            reason: Some(reason.to_owned()),
            at: uow.now(),
        };
        uow.tx().update_tournament(&change).await?;
        row.status = to;
        row.change_seq = change.seq;
        row.plan_hash = Some(plan);
        Ok(Locked::mint(row, uow))
    }
}

impl<'uow> Locked<'uow, Shared<Tournament>> {
    /// Takes the next lock of the order: the tournament, then its awards.
    pub async fn claim_awards(&self, claim: &Claim) -> Result<Locked<'uow, Awards>, StoreError> {
        claim_awards(&self.row, claim, self.uow).await
    }
}

/// Writes results page by page, and makes sure that they are those of this name.
async fn write_results(
    uow: &UnitOfWork,
    id: TournamentId,
    name: Hash256,
    pages: &mut ResultsPages<'_>,
) -> Result<(), StoreError> {
    let mut hasher = StandingsHasher::new();
    // Those from before go with the first page.
    let first = pages.next().transpose()?.unwrap_or_default();
    hasher.add_all(&first);
    uow.tx().replace_results(id, &first).await?;
    for page in pages {
        let page = page?;
        hasher.add_all(&page);
        uow.tx().insert_results(id, &page).await?;
    }
    let [written, _] = hasher.names();
    if written == name {
        Ok(())
    } else {
        Err(StoreError::Invalid { rule: "results are written as they were named" })
    }
}

/// Awards exist only once a plan has been frozen; before that there is nothing to claim.
async fn claim_awards<'uow>(
    tournament: &Tournament,
    claim: &Claim,
    uow: &'uow UnitOfWork,
) -> Result<Locked<'uow, Awards>, StoreError> {
    let select = uow.tx().select_awards_for_update(tournament.id, claim);
    let awards = uow.timed(LockKind::Awards, select, Vec::len).await?;
    Ok(Locked::mint(Awards::of(tournament.id, awards), uow))
}
