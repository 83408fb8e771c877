//! Who leads over a set of tournaments.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What players are ranked by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeaderMeasure {
    /// XP, as paid.
    #[default]
    Xp,
    /// Credits, as paid.
    Credits,
    /// First places.
    Wins,
    /// Places among the first three.
    Podiums,
}

/// One player's place over a set of tournaments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Leader {
    /// 1 for the first; equal ones share a rank and the next is skipped (1, 2, 2, 4).
    pub rank: u64,
    /// Who.
    pub player: Uuid,
    /// What the outside world calls the player; the id where the player is not registered.
    pub player_key: String,
    /// What people call the player.
    pub player_name: String,
    /// XP that these tournaments have paid, corrections included.
    pub xp: i64,
    /// Credits that they have paid, corrections included.
    pub credits: i64,
    /// Tournaments that the player ended, with or without a placement.
    pub tournaments: u64,
    /// First places.
    pub wins: u64,
    /// Places among the first three.
    pub podiums: u64,
}
