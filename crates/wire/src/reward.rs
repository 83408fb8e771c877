//! One player's reward for one tournament.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Award, Badge, LedgerEntry, LevelUp};

/// One player's reward for one tournament, with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reward {
    /// Which tournament.
    pub tournament: Uuid,
    /// What people call it.
    pub tournament_name: String,
    /// What is owed, why, and whether it has been paid.
    pub award: Award,
    /// What was posted.
    pub entries: Vec<LedgerEntry>,
    /// Badges earned there, by type.
    pub badges: Vec<Badge>,
    /// The rarest of them.
    pub rarest_badge: Option<String>,
    /// How the skills moved, by name.
    pub skills: Vec<SkillChange>,
    /// The levels that it lifted the player to, lowest first.
    pub level_ups: Vec<LevelUp>,
}

/// One skill's way through one tournament.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SkillChange {
    /// Which skill.
    pub skill: String,
    /// The level before, with one decimal.
    pub before: f64,
    /// The level after, with one decimal.
    pub after: f64,
}
