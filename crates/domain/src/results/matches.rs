//! Matches between two participants, as played.

use std::cmp::Ordering;

use crate::{PlayerId, Round};

/// One match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The stage that it belongs to.
    pub round: Round,
    /// The group, where the stage is played in groups.
    pub group: Option<String>,
    /// The side that is named first.
    pub home: PlayerId,
    /// The other side.
    pub away: PlayerId,
    /// How it ended.
    pub score: Score,
}

impl Match {
    /// Who won, by goals or by a shoot-out.
    #[must_use]
    pub fn winner(&self) -> Option<PlayerId> {
        self.score.winner().map(|side| self.player(side))
    }

    /// Who lost, by goals or by a shoot-out.
    #[must_use]
    pub fn loser(&self) -> Option<PlayerId> {
        self.score.winner().map(|side| self.player(side.other()))
    }

    /// Who played on `side`.
    #[must_use]
    pub fn player(&self, side: Side) -> PlayerId {
        match side {
            Side::Home => self.home,
            Side::Away => self.away,
        }
    }
}

/// A side of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The side that is named first.
    Home,
    /// The other side.
    Away,
}

impl Side {
    /// Both sides.
    pub const BOTH: [Self; 2] = [Self::Home, Self::Away];

    /// The opponent's side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Home => Self::Away,
            Self::Away => Self::Home,
        }
    }
}

/// The score of a match, home side first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Score {
    /// When the regular time was over.
    pub full_time: (u32, u32),
    /// When the extra time was over, with the goals of the regular time; `None` if none was played.
    pub extra_time: Option<(u32, u32)>,
    /// The shoot-out alone; `None` if there was none.
    pub penalties: Option<(u32, u32)>,
}

impl Score {
    /// The score of a match that ended with the regular time.
    #[must_use]
    pub fn full_time(home: u32, away: u32) -> Self {
        Self { full_time: (home, away), extra_time: None, penalties: None }
    }

    /// The goals when play ended; shoot-outs have none.
    #[must_use]
    pub fn goals(&self) -> (u32, u32) {
        self.extra_time.unwrap_or(self.full_time)
    }

    /// Who scored more goals; `None` when level.
    #[must_use]
    pub fn leader(&self) -> Option<Side> {
        ahead(self.goals())
    }

    /// Who won, by goals or else by the shoot-out; `None` when level after all that was played.
    #[must_use]
    pub fn winner(&self) -> Option<Side> {
        self.leader().or_else(|| self.penalties.and_then(ahead))
    }
}

fn ahead((home, away): (u32, u32)) -> Option<Side> {
    match home.cmp(&away) {
        Ordering::Greater => Some(Side::Home),
        Ordering::Less => Some(Side::Away),
        Ordering::Equal => None,
    }
}
