//! What coaches say.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What coaches say of one player: all of it is recorded, or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessRequest {
    /// What they say.
    #[schema(max_items = 10_000)]
    pub assessments: Vec<Assessment>,
}

/// What one coach says of one skill on one occasion. Said again, it is nothing new.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// When or where it was said: "2026 spring camp".
    #[schema(min_length = 1, max_length = 500)]
    pub occasion: String,
    /// Who says so.
    #[schema(min_length = 1, max_length = 500)]
    pub assessor: String,
    /// Which skill.
    #[schema(pattern = "^[a-z0-9_-]{1,64}$")]
    pub skill: String,
    /// How good the player is at it, with one decimal.
    #[schema(minimum = 0, maximum = 100)]
    pub percentage: f64,
}

/// What became of assessments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assessed {
    /// Of each, in their order, whether it was recorded before.
    pub replayed: Vec<bool>,
}
