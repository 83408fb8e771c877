//! Who leads over a set of tournaments.

use domain::PlayerId;

/// What players are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeaderMeasure {
    /// XP, as paid.
    Xp,
    /// Credits, as paid.
    Credits,
    /// First places.
    Wins,
    /// Places among the first three.
    Podiums,
}

/// What one player has come to over a set of tournaments: of every award that has been paid, the
/// amounts as paid, corrections included, and the placement as the award says it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaderRecord {
    /// Who.
    pub player: PlayerId,
    /// 1 for the first; equal ones share a rank and the next is skipped (1, 2, 2, 4).
    pub rank: u64,
    /// XP, as paid.
    pub xp: i64,
    /// Credits, as paid.
    pub credits: i64,
    /// Tournaments that the player ended with or without a placement: neither absent nor struck
    /// from the results.
    pub tournaments: u64,
    /// First places.
    pub wins: u64,
    /// Places among the first three.
    pub podiums: u64,
}

/// A place in the order of leaders: behind it goes the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaderPlace {
    /// What the player has of the measure.
    pub value: i64,
    /// What the player has of XP.
    pub xp: i64,
    /// Who.
    pub player: PlayerId,
}

impl LeaderRecord {
    /// Where this stands in the order by a measure.
    #[must_use]
    pub fn place(&self, by: LeaderMeasure) -> LeaderPlace {
        LeaderPlace { value: self.value(by), xp: self.xp, player: self.player }
    }

    /// What the player has of a measure.
    #[must_use]
    pub fn value(&self, by: LeaderMeasure) -> i64 {
        match by {
            LeaderMeasure::Xp => self.xp,
            LeaderMeasure::Credits => self.credits,
            LeaderMeasure::Wins => self.wins.try_into().unwrap_or(i64::MAX),
            LeaderMeasure::Podiums => self.podiums.try_into().unwrap_or(i64::MAX),
        }
    }
}
