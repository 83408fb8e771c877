//! What finalize would pay, without paying it.

use domain::{Hash256, PlannedAward, Tournament, TournamentId};

use crate::{
    Guerdon, GuerdonError,
    planning::{PlanInProgress, StoredField},
};

/// The plan that finalize would freeze, or has frozen.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The tournament.
    pub tournament: Tournament,
    /// Names the plan; hand it to finalize to pay this plan and no other.
    pub plan_hash: Hash256,
    /// Participants, those who get nothing included.
    pub participants: u64,
    /// All XP that the plan pays.
    pub xp_total: i64,
    /// All credits that the plan pays.
    pub credits_total: i64,
    /// The first awards, in ascending player id.
    pub awards: Vec<PlannedAward>,
}

/// What the pages of a plan have come to so far.
#[derive(Debug, Default)]
struct Gathered {
    participants: u64,
    xp_total: i64,
    credits_total: i64,
    awards: Vec<PlannedAward>,
}

impl Guerdon {
    /// Plans without writing anything: the hash, the totals and the first `awards_max` awards.
    /// For a frozen tournament it shows the plan that was frozen.
    #[tracing::instrument(skip(self))]
    pub async fn preview(
        &self,
        id: TournamentId,
        awards_max: usize,
    ) -> Result<Preview, GuerdonError> {
        loop {
            let tournament = self.tournament(id).await?;
            if tournament.results_hash.is_none() {
                return Err(GuerdonError::NoResults(id));
            }
            let preview = match tournament.plan_hash {
                Some(frozen) => self.frozen(&tournament, frozen, awards_max).await?,
                None => self.planned(&tournament, awards_max).await?,
            };
            // Pages are read one by one; a change in between would mix two fields in one plan.
            if self.tournament(id).await?.change_seq == tournament.change_seq {
                return Ok(preview);
            }
        }
    }

    async fn planned(
        &self,
        tournament: &Tournament,
        awards_max: usize,
    ) -> Result<Preview, GuerdonError> {
        let page_size = self.settings.chunk();
        let field = StoredField { store: self.store(), tournament: tournament.id };
        let (mut plan, mut pages) = PlanInProgress::survey(tournament, &field, page_size).await?;
        let mut gathered = Gathered::default();
        while let Some(page) = pages.next().await? {
            for award in plan.plan(&page)? {
                gathered.add(award, awards_max);
            }
        }
        Ok(gathered.into_preview(tournament.clone(), plan.finish(None)?))
    }

    async fn frozen(
        &self,
        tournament: &Tournament,
        plan_hash: Hash256,
        awards_max: usize,
    ) -> Result<Preview, GuerdonError> {
        let page_size = self.settings.chunk();
        let mut gathered = Gathered::default();
        let mut after = None;
        loop {
            let page = self.store().list_awards(tournament.id, after, page_size).await?;
            after = page.last().map(|it| it.award.planned.player);
            let read = page.len();
            for record in page {
                gathered.add(record.award.planned, awards_max);
            }
            if read < page_size as usize {
                return Ok(gathered.into_preview(tournament.clone(), plan_hash));
            }
        }
    }
}

impl Gathered {
    fn add(&mut self, award: PlannedAward, awards_max: usize) {
        self.participants += 1;
        self.xp_total = self.xp_total.saturating_add(award.reward.xp());
        self.credits_total = self.credits_total.saturating_add(award.reward.credits);
        if self.awards.len() < awards_max {
            self.awards.push(award);
        }
    }

    fn into_preview(self, tournament: Tournament, plan_hash: Hash256) -> Preview {
        let Self { participants, xp_total, credits_total, awards } = self;
        Preview { tournament, plan_hash, participants, xp_total, credits_total, awards }
    }
}
