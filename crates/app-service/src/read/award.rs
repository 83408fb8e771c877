//! Awards as people ask for them.

use domain::{AwardState, Evidence, Membership, PlayerId, Reward, TournamentId};
use ports::{Timestamp, spi::AwardRecord};
use serde::Serialize;

use super::names::Names;
use crate::{Guerdon, GuerdonError};

/// What one participant is owed, why, and whether it has been paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwardView {
    /// Who.
    pub player: PlayerId,
    /// The player's natural identity; the id where the player is not registered.
    pub player_key: String,
    /// What people call the player.
    pub player_name: String,
    /// The team that the player competed for, in a tournament whose placements belong to teams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Membership>,
    /// The amounts, broken down.
    #[serde(flatten)]
    pub reward: Reward,
    /// All XP.
    pub xp_total: i64,
    /// Why.
    pub evidence: Evidence,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// `pending`, `applied` or `failed`.
    pub state: &'static str,
    /// What was in the way of a failed one.
    pub failure: Option<String>,
    /// When it was paid.
    #[serde(with = "time::serde::rfc3339::option")]
    pub applied_at: Option<Timestamp>,
}

impl AwardView {
    pub(super) fn of(record: AwardRecord, names: &Names) -> Self {
        let AwardRecord { award, applied_at } = record;
        let player = award.planned.player;
        let (player_key, player_name) = names.of(player);
        Self {
            player,
            player_key,
            player_name,
            team: award.planned.team,
            reward: award.planned.reward,
            xp_total: award.planned.reward.xp(),
            evidence: award.planned.evidence,
            revision: award.revision,
            state: award.state.as_str(),
            failure: match award.state {
                AwardState::Failed { reason } => Some(reason),
                AwardState::Pending | AwardState::Applied => None,
            },
            applied_at,
        }
    }
}

impl Guerdon {
    /// A page of a tournament's awards, ascending by player id, behind `after`.
    #[tracing::instrument(skip(self))]
    pub async fn awards(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<AwardView>, GuerdonError> {
        let records = self.store().list_awards(id, after, limit).await?;
        let ids: Vec<PlayerId> = records.iter().map(|it| it.award.planned.player).collect();
        let names = self.names_of(&ids).await?;
        Ok(records.into_iter().map(|it| AwardView::of(it, &names)).collect())
    }
}
