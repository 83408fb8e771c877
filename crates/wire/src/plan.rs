//! What finalize would pay.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{PlannedAward, TournamentStatus};

/// The plan that finalize would freeze, or has frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Plan {
    /// The tournament.
    pub tournament: Uuid,
    /// Where it stands.
    pub status: TournamentStatus,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// Names the plan; hand it to finalize to pay this plan and no other.
    pub plan_hash: String,
    /// Participants, those who get nothing included.
    pub participants: u64,
    /// All XP that the plan pays.
    pub xp_total: i64,
    /// All credits that the plan pays.
    pub credits_total: i64,
    /// The first awards, in ascending player id.
    pub awards: Vec<PlannedAward>,
}
