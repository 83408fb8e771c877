//! Paying.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::TournamentSummary;

/// What a caller of finalize may ask for; no body asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinalizeRequest {
    /// Pay only the plan of this hash, the one that was previewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9a-fA-F]{64}$")]
    pub expected_plan: Option<String>,
}

/// Whom to pay; no body asks for everybody whom nobody has tried to pay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DistributeRequest {
    /// Whom to pay.
    #[serde(default)]
    pub scope: Scope,
}

/// Whom to pay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everybody whom nobody has tried to pay.
    #[default]
    Pending,
    /// Those, and once more everybody who could not be paid.
    PendingAndFailed,
    /// One player, by key or id.
    Player(String),
}

/// What one run over one tournament did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Distribution {
    /// Whether everybody is paid.
    pub outcome: DistributionOutcome,
    /// The tournament afterwards, with everything that has been paid, by whomever.
    pub tournament: TournamentSummary,
    /// Participants whom this call paid.
    pub applied: u64,
    /// Participants whom this call could not pay, and why. Everybody else was paid.
    pub failed: Vec<FailedAward>,
    /// Ledger entries that this call posted.
    pub entries_posted: u64,
    /// Ledger entries that were there already.
    pub entries_replayed: u64,
    /// XP that this call posted.
    pub xp_posted: i64,
    /// Credits that this call posted.
    pub credits_posted: i64,
    /// Levels that this call lifted somebody to for the first time.
    pub levels_reached: u64,
    /// Badges that this call awarded.
    pub badges_awarded: u64,
    /// Badges that this call took away, after a correction.
    pub badges_revoked: u64,
    /// Steps of players' histories that this call recorded.
    pub steps_recorded: u64,
    /// Steps that this call took again, after a correction.
    pub steps_retaken: u64,
}

/// What became of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DistributionOutcome {
    /// Nobody is left unpaid.
    Distributed,
    /// Somebody could not be paid, or is still being paid by somebody else.
    Incomplete,
}

/// A participant who could not be paid; asking for failed ones again retries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FailedAward {
    /// Who.
    pub player: Uuid,
    /// What was in the way.
    pub reason: String,
}
