//! Tournaments.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// A policy document: what placements are worth. A section that is missing is the standard one.
pub type Policy = Map<String, Value>;

/// A tournament to be announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnounceRequest {
    /// What the outside world calls this tournament, for ever. Its id is made of it.
    #[schema(min_length = 1, max_length = 500)]
    pub key: String,
    /// What people call it.
    #[schema(min_length = 1, max_length = 500)]
    pub name: String,
    /// What its placements are worth; the standard policy when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub policy: Option<Policy>,
}

/// A tournament that is announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Announced {
    /// Whether it was announced before, under the same name and policy.
    pub replayed: bool,
    /// The tournament.
    pub tournament: TournamentSummary,
}

/// A tournament, without what has been paid for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tournament {
    /// Its id, made of `key`.
    pub id: Uuid,
    /// What the outside world calls it.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub status: TournamentStatus,
    /// The version of its policy.
    pub policy_version: u32,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// Competing participants, or teams; 0 before results.
    pub field_size: u32,
    /// Names the results, once there are any.
    pub results_hash: Option<String>,
    /// Names the frozen plan, once there is one.
    pub plan_hash: Option<String>,
}

/// A tournament with everything that has been paid for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TournamentSummary {
    /// Its id, made of `key`.
    pub id: Uuid,
    /// What the outside world calls it.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub status: TournamentStatus,
    /// The version of its policy.
    pub policy_version: u32,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// Competing participants, or teams; 0 before results.
    pub field_size: u32,
    /// Names the frozen plan, once there is one.
    pub plan_hash: Option<String>,
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

/// Where a tournament stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TournamentStatus {
    /// Announced; no results yet.
    Scheduled,
    /// Results are in and may still be replaced.
    InProgress,
    /// Frozen, being paid.
    Completed,
    /// Nobody is owed anything.
    RewardsDistributed,
    /// Put away; nothing changes any more.
    Archived,
    /// Called off before anything was frozen; nobody is paid.
    Cancelled,
}
