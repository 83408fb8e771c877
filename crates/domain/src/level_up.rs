//! A level that a player has reached.

use crate::{PlayerId, TournamentId};

/// A level that a player has reached for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LevelUp {
    /// Who.
    pub player: PlayerId,
    /// Which level; 1 for the first.
    pub level: u32,
    /// The tournament that lifted the player to it.
    pub tournament: TournamentId,
    /// The revision of the award that did.
    pub revision: u32,
    /// What it pays.
    pub credits: i64,
}
