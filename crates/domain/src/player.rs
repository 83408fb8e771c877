//! A player: who joins, and what the player's lock protects.

use crate::{Accounts, Baseline, PlayerId, SkillProfile};

/// Somebody who can be paid, as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlayer {
    /// Made of `key`, so that registering again finds the same player.
    pub id: PlayerId,
    /// The natural identity: what the outside world calls this player, for ever.
    pub key: String,
    /// What people call the player.
    pub name: String,
    /// Where the player's skills start.
    pub baseline: Baseline,
}

/// What a player owns, as read under the player's lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// Who.
    pub id: PlayerId,
    /// Where the skills started.
    pub baseline: Baseline,
    /// Counters behind the milestone badges.
    pub progress: Progress,
    /// Balances.
    pub accounts: Accounts,
    /// Skills.
    pub profile: SkillProfile,
    /// Number of the last skill step; 0 when there is none.
    pub step_seq: i64,
}

/// Counters kept under the player's lock; milestones are read off them, never off the badges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tournaments taken part in.
    pub tournaments: u32,
    /// First places since the last tournament that was not won.
    pub win_streak: u32,
}

impl NewPlayer {
    /// A player called `name`, starting at 60.0 in everything.
    #[must_use]
    pub fn new(key: impl Into<String>, name: impl Into<String>) -> Self {
        let key = key.into();
        Self { id: PlayerId::of(&key), key, name: name.into(), baseline: Baseline::default() }
    }
}

impl Progress {
    /// One tournament later.
    #[must_use]
    pub fn after(self, won: bool) -> Self {
        let win_streak = if won { self.win_streak.saturating_add(1) } else { 0 };
        Self { tournaments: self.tournaments.saturating_add(1), win_streak }
    }
}
