//! What participants are owed.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// What one participant is owed, why, and whether it has been paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Award {
    /// Who.
    pub player: Uuid,
    /// What the outside world calls the player; the id where the player is not registered.
    pub player_key: String,
    /// What people call the player.
    pub player_name: String,
    /// The team that the player competed for, where placements belong to teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Team>,
    /// XP of the placement.
    pub xp_base: i64,
    /// XP of the skill points.
    pub xp_bonus: i64,
    /// All XP.
    pub xp_total: i64,
    /// Credits.
    pub credits: i64,
    /// Why.
    pub evidence: Evidence,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// Whether it is paid.
    pub state: AwardState,
    /// What was in the way of a failed one.
    pub failure: Option<String>,
    /// When it was paid.
    #[serde(with = "time::serde::rfc3339::option")]
    pub applied_at: Option<OffsetDateTime>,
}

/// What one participant would be owed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlannedAward {
    /// Who.
    pub player: Uuid,
    /// The team that the player competed for, where placements belong to teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Team>,
    /// XP of the placement.
    pub xp_base: i64,
    /// XP of the skill points.
    pub xp_bonus: i64,
    /// Credits.
    pub credits: i64,
    /// Why.
    pub evidence: Evidence,
}

/// Whether an award is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AwardState {
    /// Not yet.
    Pending,
    /// Paid.
    Applied,
    /// Could not be paid.
    Failed,
}

/// A team, and what its member weighs in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    /// What the team is called.
    pub name: String,
    /// The member's part where the policy shares by weight.
    pub weight: u32,
}

/// Why an award is what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// How the tournament ended for the participant.
    pub outcome: Outcome,
    /// Competing participants, or teams.
    pub field_size: u32,
    /// How strong the others were, in ten-thousandths: 10,000 is as strong as the player.
    pub opponent_factor: i32,
    /// What the matches say, in ten-thousandths, from −10,000 to 10,000.
    pub match_modifier: i32,
    /// The matches, where there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<MatchRecord>,
    /// What was measured, where anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<f64>,
}

/// How a participant's tournament ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With this placement.
    Placed(u32),
    /// Competed without a placement.
    Unplaced,
    /// Did not compete.
    Absent,
    /// Competed, and was struck from the results.
    Disqualified,
}

/// Wins, draws, losses and goals of one participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MatchRecord {
    /// Matches won, a shoot-out counting for its winner.
    pub wins: u32,
    /// Matches that ended level.
    pub draws: u32,
    /// Matches lost.
    pub losses: u32,
    /// Goals scored, shoot-outs left out.
    pub goals_for: u32,
    /// Goals conceded, shoot-outs left out.
    pub goals_against: u32,
}
