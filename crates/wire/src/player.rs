//! Players.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Badge;

/// Players to be registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterRequest {
    /// The players; those who are known stay as they are.
    #[schema(max_items = 10_000)]
    pub players: Vec<NewPlayer>,
}

/// Somebody who can be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlayer {
    /// What the outside world calls this player, for ever. The id is made of it.
    #[schema(min_length = 1, max_length = 500)]
    pub key: String,
    /// What people call the player.
    #[schema(min_length = 1, max_length = 500)]
    pub name: String,
}

/// Players who are registered, in the order in which they were named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Registered {
    /// The players.
    pub players: Vec<RegisteredPlayer>,
}

/// A player who is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RegisteredPlayer {
    /// The id, made of `key`.
    pub id: Uuid,
    /// What the outside world calls the player.
    pub key: String,
    /// Whether the player was registered before.
    pub replayed: bool,
}

/// Everything that a player owns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Player {
    /// Who.
    pub id: Uuid,
    /// What the outside world calls the player.
    pub key: String,
    /// What people call the player.
    pub name: String,
    /// Sum of the XP ledger.
    pub xp_balance: i64,
    /// Sum of the credit ledger.
    pub credit_balance: i64,
    /// Credits that the player owes; what comes in repays them first.
    pub debt: i64,
    /// Tournaments taken part in.
    pub tournaments: u32,
    /// First places in a row.
    pub win_streak: u32,
    /// The highest level that was ever reached; 0 before the first.
    pub level: u32,
    /// Every level that was reached, lowest first.
    pub level_ups: Vec<LevelUp>,
    /// Skills, by name.
    pub skills: Vec<Skill>,
    /// Badges, by tournament and type.
    pub badges: Vec<Badge>,
}

/// One skill of one player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Skill {
    /// Which skill.
    pub skill: String,
    /// Where the steps have led, with one decimal.
    pub level: f64,
    /// What that level is called.
    pub tier: Tier,
    /// How many steps.
    pub steps: u32,
    /// What coaches say.
    pub assessed: Option<AssessedSkill>,
}

/// The band that a skill level lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Below 50.
    Beginner,
    /// From 50.
    Developing,
    /// From 70.
    Intermediate,
    /// From 85.
    Advanced,
    /// From 95.
    Master,
}

/// What coaches say of one skill.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AssessedSkill {
    /// Mean of the assessments, in percent with one decimal.
    pub mean: f64,
    /// How many.
    pub count: u32,
}

/// A level that a player has reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LevelUp {
    /// Which level.
    pub level: u32,
    /// The tournament that lifted the player to it.
    pub tournament: Uuid,
    /// The revision of the award that did; 0 for the first.
    pub revision: u32,
    /// What it paid.
    pub credits: i64,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub reached_at: OffsetDateTime,
}
