//! Badges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// A badge that a player has earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Badge {
    /// What for: `CHAMPION`, `FIRST_TOURNAMENT`, …
    pub badge: String,
    /// What kind of deed it marks.
    pub category: BadgeCategory,
    /// What it is called.
    pub title: String,
    /// What it is had for.
    pub description: String,
    /// What it looks like.
    pub icon: String,
    /// How rare it is.
    pub rarity: Rarity,
    /// Where it was earned.
    pub tournament: Uuid,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub earned_at: OffsetDateTime,
    /// What took it away again; nothing while the player has it.
    pub revoked: Option<Revocation>,
}

/// What took a badge away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Revocation {
    /// The tournament that was corrected.
    pub tournament: Uuid,
    /// The revision that the correction made.
    pub revision: u32,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub revoked_at: OffsetDateTime,
}

/// What kind of deed a badge marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BadgeCategory {
    /// Where a tournament ended.
    Placement,
    /// Taking part.
    Participation,
    /// Something done in one tournament.
    Achievement,
    /// Something come to over many.
    Milestone,
    /// Being best at one thing.
    Specialization,
}

/// How rare a badge is, commonest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rarity {
    /// Everybody has it.
    Common,
    /// Many have it.
    Uncommon,
    /// Some have it.
    Rare,
    /// Few have it.
    Epic,
    /// Hardly anybody has it.
    Legendary,
}

/// The badges that a player has, each kind once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Showcase {
    /// Whose.
    pub player: Uuid,
    /// What the outside world calls the player.
    pub player_key: String,
    /// What people call the player.
    pub player_name: String,
    /// Badges that the player has, each as often as it was earned.
    pub badges_total: u64,
    /// Badges that a correction took away.
    pub badges_revoked: u64,
    /// Badges that the player has, by rarity; what there is none of is left out.
    pub by_rarity: BTreeMap<Rarity, u64>,
    /// The rarest kinds, rarest first and the latest of equal ones first.
    pub rarest: Vec<ShownBadge>,
    /// The kinds that were earned last, latest first.
    pub latest: Vec<ShownBadge>,
    /// Every kind under its category, rarest first.
    pub by_category: BTreeMap<BadgeCategory, Vec<ShownBadge>>,
}

/// A kind of badge that a player has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShownBadge {
    /// What for.
    pub badge: String,
    /// What kind of deed it marks.
    pub category: BadgeCategory,
    /// What it is called.
    pub title: String,
    /// What it is had for.
    pub description: String,
    /// What it looks like.
    pub icon: String,
    /// How rare it is.
    pub rarity: Rarity,
    /// How often it was earned.
    pub times: u64,
    /// Where it was earned last.
    pub tournament: Uuid,
    /// What people call that tournament.
    pub tournament_name: Option<String>,
    /// When it was earned last.
    #[serde(with = "time::serde::rfc3339")]
    pub earned_at: OffsetDateTime,
}
