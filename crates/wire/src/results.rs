//! Results, as they are handed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Results to be taken in, in the place of those that are there while nothing is frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitRequest {
    /// The results, whole.
    pub results: Results,
    /// What a participant who is listed twice means.
    #[serde(default)]
    pub on_duplicate: OnDuplicate,
    /// What a placement that nobody has means.
    #[serde(default)]
    pub on_gap: OnGap,
}

/// Results that are in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Submitted {
    /// Whether they were there before.
    pub replayed: bool,
    /// Names the results.
    pub results_hash: String,
    /// Competing participants, or teams.
    pub field_size: u32,
}

/// The results of one tournament, in one of three forms. Players are named by key or id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Results {
    /// Each row carries its placement.
    Placements(Vec<PlacedRow>),
    /// Each row carries a time, a distance, a score; equal values tie.
    Measured {
        /// Which end of the scale wins.
        better: Better,
        /// The rows.
        rows: Vec<MeasuredRow>,
    },
    /// Matches, from which the order follows.
    Matches(Vec<Match>),
}

/// One row of a list by placement: `placement` or `without`, one of the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacedRow {
    /// Who.
    pub player: String,
    /// The final rank, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub placement: Option<u32>,
    /// Why there is no placement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<WithoutMark>,
    /// The team that the placement belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamMember>,
    /// What decides between equals where the policy wants every place taken once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie_break: Option<f64>,
}

/// One row of a list by value: `value` or `without`, one of the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuredRow {
    /// Who.
    pub player: String,
    /// What was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Why there is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<WithoutMark>,
    /// The team that the placement belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamMember>,
    /// What decides between equals where the policy wants every place taken once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie_break: Option<f64>,
}

/// Why somebody has neither placement nor value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithoutMark {
    /// Competed: did not finish, not classified.
    Unplaced,
    /// Competed, and was struck from the results.
    Disqualified,
    /// Did not compete: did not start, did not qualify, excluded.
    Absent,
}

/// A team, and what its member weighs in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// What the team is called.
    #[schema(min_length = 1, max_length = 500)]
    pub name: String,
    /// The member's part where the policy shares by weight.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub weight: u32,
}

/// Which end of a scale wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// A race: the shortest time.
    Lower,
    /// A jump, a quiz: the most.
    Higher,
}

/// One match. Scores are pairs, the home side first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The stage: `final`, `semi-final`, `round of 16`, `group A`, `matchday 12`, `league`, …
    pub round: String,
    /// The group, where the stage is played in groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The side that is named first.
    pub home: String,
    /// The other side.
    pub away: String,
    /// Goals when the regular time was over.
    pub full_time: [u32; 2],
    /// Goals when the extra time was over, with those of the regular time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra_time: Option<[u32; 2]>,
    /// The shoot-out alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalties: Option<[u32; 2]>,
}

/// What a participant who is listed twice means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnDuplicate {
    /// A mistake.
    #[default]
    Refuse,
    /// Somebody who started twice: the better finish counts.
    Best,
}

/// What a placement that nobody has means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnGap {
    /// A row is missing.
    #[default]
    Refuse,
    /// Whoever had it was taken out: those behind move up.
    Close,
}

fn one() -> u32 {
    1
}
