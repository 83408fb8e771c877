//! A player: who joins, and what the player's lock protects.

use serde::{Deserialize, Serialize};

use crate::{Accounts, Baseline, Outcome, Placement, PlayerId, SkillProfile};

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// Tournaments taken part in.
    pub tournaments: u32,
    /// First places.
    pub wins: u32,
    /// Places among the first three.
    pub podiums: u32,
    /// First places since the last tournament that was not won.
    pub win_streak: u32,
    /// Places among the first three since the last tournament without one.
    pub podium_streak: u32,
    /// The highest level that was ever reached: what takes XP away takes no level with it.
    #[serde(default)]
    pub level_max: u32,
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
    /// One award later. `counts` says whether the policy grants the outcome anything at all; one
    /// that does not count leaves the counters alone, but whoever competed for it, and was struck
    /// from the results say, has won nothing: rows end there.
    #[must_use]
    pub fn after(self, outcome: Outcome, counts: bool) -> Self {
        if !counts {
            let ended = outcome.competed();
            return if ended { Self { win_streak: 0, podium_streak: 0, ..self } } else { self };
        }
        let rank = outcome.placement().map(Placement::rank);
        let among = |first: u32| rank.is_some_and(|it| it <= first);
        let one_more = |count: u32, more: bool| count.saturating_add(more.into());
        let in_a_row = |count, again| if again { one_more(count, true) } else { 0 };
        Self {
            tournaments: one_more(self.tournaments, true),
            wins: one_more(self.wins, among(1)),
            podiums: one_more(self.podiums, among(3)),
            win_streak: in_a_row(self.win_streak, among(1)),
            podium_streak: in_a_row(self.podium_streak, among(3)),
            level_max: self.level_max,
        }
    }
}
