//! Tournaments as people ask for them.

use domain::{Hash256, Tournament, TournamentId, TournamentStatus};
use ports::spi::AwardTotals;
use serde::Serialize;

use crate::{Guerdon, GuerdonError};

/// A tournament with everything that has been paid for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TournamentSummary {
    /// Its id.
    pub id: TournamentId,
    /// The natural identity.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub status: TournamentStatus,
    /// Number of the last recorded change: with the counts of awards it tells one state from another.
    #[serde(skip)]
    pub change_seq: u32,
    /// The version of its policy.
    pub policy_version: u32,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// Competing participants, or teams.
    pub field_size: u32,
    /// Names the frozen plan.
    pub plan_hash: Option<Hash256>,
    /// Awards that are waiting.
    pub awards_pending: u64,
    /// Awards that are paid.
    pub awards_applied: u64,
    /// Awards that could not be paid.
    pub awards_failed: u64,
    /// XP paid.
    pub xp_total: i64,
    /// Credits paid.
    pub credits_total: i64,
}

impl TournamentSummary {
    pub(crate) fn of(tournament: &Tournament, totals: AwardTotals) -> Self {
        Self {
            id: tournament.id,
            key: tournament.key.clone(),
            name: tournament.name.clone(),
            status: tournament.status,
            change_seq: tournament.change_seq,
            policy_version: tournament.policy.version(),
            revision: tournament.revision,
            field_size: tournament.field_size,
            plan_hash: tournament.plan_hash,
            awards_pending: totals.pending,
            awards_applied: totals.applied,
            awards_failed: totals.failed,
            xp_total: totals.xp_paid,
            credits_total: totals.credits_paid,
        }
    }
}

impl Guerdon {
    /// A tournament as stored, with its policy.
    pub async fn tournament(&self, id: TournamentId) -> Result<Tournament, GuerdonError> {
        let found = self.store().find_tournaments(&[id]).await?;
        found.into_iter().next().ok_or(GuerdonError::NoTournament(id))
    }

    /// A tournament with everything that has been paid for it.
    #[tracing::instrument(skip(self))]
    pub async fn summary(&self, id: TournamentId) -> Result<TournamentSummary, GuerdonError> {
        self.summary_of(&self.tournament(id).await?).await
    }

    pub(crate) async fn summary_of(
        &self,
        tournament: &Tournament,
    ) -> Result<TournamentSummary, GuerdonError> {
        let totals = self.store().award_totals(tournament.id).await?;
        Ok(TournamentSummary::of(tournament, totals))
    }

    /// A page of all tournaments as stored, ascending by id, behind `after`.
    pub async fn tournaments(
        &self,
        after: Option<TournamentId>,
        limit: u32,
    ) -> Result<Vec<Tournament>, GuerdonError> {
        Ok(self.store().list_tournaments(after, limit).await?)
    }

    /// Those of `ids` that exist, as stored.
    pub async fn known_tournaments(
        &self,
        ids: &[TournamentId],
    ) -> Result<Vec<Tournament>, GuerdonError> {
        Ok(self.store().find_tournaments(ids).await?)
    }
}
