//! What a correction would pay, without paying it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    Award, Baseline, Competitor, Hash256, PlannedAward, PlayerId, Reward, Standings, Tournament,
    TournamentId,
};
use ports::{StoreError, spi::Store};

use crate::{
    CorrectedResults, Guerdon, GuerdonError,
    planning::{Field, PlanInProgress},
};

/// What a correction would pay.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectionPreview {
    /// The tournament, as it is now.
    pub tournament: Tournament,
    /// The revision that the correction would make.
    pub revision: u32,
    /// Names its plan; hand it to [`correct`](Guerdon::correct).
    pub plan_hash: Hash256,
    /// Participants, those who get nothing included.
    pub participants: u64,
    /// How many of them it changes anything for.
    pub changed: u64,
    /// XP that it pays, or takes away.
    pub xp_difference: i64,
    /// Credits that it pays, or takes away.
    pub credits_difference: i64,
    /// The first changes, in ascending player id.
    pub changes: Vec<AwardChange>,
}

/// What a correction changes for one participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardChange {
    /// Who.
    pub player: PlayerId,
    /// What was planned before; `None` for somebody who is new in the results.
    pub before: Option<PlannedAward>,
    /// What is planned now.
    pub after: PlannedAward,
    /// XP still to be paid, or to be taken away.
    pub xp_difference: i64,
    /// Credits still to be paid, or to be taken away as far as the policy does.
    pub credits_difference: i64,
}

/// New results that are not stored, with what the store knows of their players.
struct NewField<'a> {
    store: &'a dyn Store,
    standings: &'a Standings,
}

impl Guerdon {
    /// Plans a correction without writing anything: the hash that [`correct`](Self::correct) asks
    /// for, the totals, and the first `changes_max` changes.
    #[tracing::instrument(skip(self, results))]
    pub async fn preview_correction(
        &self,
        id: TournamentId,
        results: &CorrectedResults,
        changes_max: usize,
    ) -> Result<CorrectionPreview, GuerdonError> {
        loop {
            let tournament = self.correctable(id).await?;
            let standings = self.corrected_standings(&tournament, results).await?;
            if tournament.results_hash == Some(standings.hash()) {
                return Err(GuerdonError::NothingToCorrect(id));
            }
            let preview = self.replanned(&tournament, &standings, changes_max).await?;
            // Pages are read one by one; a change in between would mix two plans in one.
            if self.tournament(id).await?.change_seq == tournament.change_seq {
                return Ok(preview);
            }
        }
    }

    async fn replanned(
        &self,
        tournament: &Tournament,
        standings: &Standings,
        changes_max: usize,
    ) -> Result<CorrectionPreview, GuerdonError> {
        let row = Tournament {
            revision: tournament.revision + 1,
            field_size: standings.field_size(),
            ..tournament.clone()
        };
        let limit = self.settings.chunk();
        let field = NewField { store: self.store(), standings };
        let (mut plan, mut pages) = PlanInProgress::survey(&row, &field, limit).await?;
        let mut preview = CorrectionPreview::nothing(tournament, row.revision);
        let mut after = None;
        while let Some(page) = pages.next().await? {
            let planned = plan.plan(&page)?;
            let before = self.awards_from(tournament.id, after, limit).await?;
            after = planned.last().map(|it| it.player);
            for award in planned {
                preview.add(before.get(&award.player), award, changes_max);
            }
        }
        Ok(CorrectionPreview { plan_hash: plan.finish(None)?, ..preview })
    }

    /// A page of stored awards by player. Everybody who has one is in the new field, so a page of
    /// the field never reaches further than one of the awards.
    async fn awards_from(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<BTreeMap<PlayerId, Award>, GuerdonError> {
        let page = self.store().list_awards(id, after, limit).await?;
        Ok(page.into_iter().map(|it| (it.award.planned.player, it.award)).collect())
    }
}

impl CorrectionPreview {
    fn nothing(tournament: &Tournament, revision: u32) -> Self {
        Self {
            tournament: tournament.clone(),
            revision,
            plan_hash: tournament.policy.hash(),
            participants: 0,
            changed: 0,
            xp_difference: 0,
            credits_difference: 0,
            changes: vec![],
        }
    }

    fn add(&mut self, before: Option<&Award>, after: PlannedAward, changes_max: usize) {
        self.participants += 1;
        if before.is_some_and(|it| it.planned == after) {
            return;
        }
        let change = AwardChange::of(before, after);
        self.changed += 1;
        self.xp_difference = self.xp_difference.saturating_add(change.xp_difference);
        self.credits_difference = self.credits_difference.saturating_add(change.credits_difference);
        if self.changes.len() < changes_max {
            self.changes.push(change);
        }
    }
}

impl AwardChange {
    fn of(before: Option<&Award>, after: PlannedAward) -> Self {
        let Reward { credits, .. } = after.reward;
        let paid = before.and_then(|it| it.paid);
        let (xp_paid, credits_paid) = paid.map_or((0, 0), |it| (it.xp, it.credits));
        Self {
            player: after.player,
            before: before.map(|it| it.planned.clone()),
            xp_difference: after.reward.xp() - xp_paid,
            credits_difference: credits - credits_paid,
            after,
        }
    }
}

#[async_trait]
impl Field for NewField<'_> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        let entries = self.standings.entries();
        let start = after.map_or(0, |id| entries.partition_point(|it| it.player <= id));
        let page: Vec<_> = entries[start..].iter().take(limit as usize).cloned().collect();
        let ids: Vec<_> = page.iter().map(|it| it.player).collect();
        let known = self.store.find_players(&ids).await?.into_iter();
        let baselines: BTreeMap<PlayerId, Baseline> =
            known.filter_map(|it| Some((it.id, it.state.ok()?.baseline))).collect();
        let competitor = |standing: domain::Standing| Competitor {
            baseline: baselines.get(&standing.player).cloned().unwrap_or_default(),
            standing,
        };
        Ok(page.into_iter().map(competitor).collect())
    }
}
