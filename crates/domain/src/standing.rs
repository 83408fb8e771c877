//! How one participant ended, and the whole field in order.

mod hasher;

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

pub use self::hasher::{FieldFacts, StandingsHasher};
use crate::{Hash256, Measured, Membership, PlayerId};

/// A final rank, 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Placement(NonZeroU32);

impl Placement {
    /// First place.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// A rank; `None` for 0, because ranks are counted from 1.
    #[must_use]
    pub fn new(rank: u32) -> Option<Self> {
        NonZeroU32::new(rank).map(Self)
    }

    /// The placement `places` further down.
    pub(crate) fn after(self, places: usize) -> Self {
        Self(self.0.saturating_add(u32::try_from(places).unwrap_or(u32::MAX)))
    }

    /// The rank.
    #[must_use]
    pub fn rank(self) -> u32 {
        self.0.get()
    }
}

/// How a participant's tournament ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Ranked.
    Placed(Placement),
    /// Competed without a placement: did not finish, not classified.
    Unplaced,
    /// Did not compete: did not start, did not qualify, excluded.
    Absent,
    /// Competed, and was struck from the results.
    Disqualified,
}

impl Outcome {
    /// The placement, where there is one.
    #[must_use]
    pub fn placement(self) -> Option<Placement> {
        match self {
            Self::Placed(placement) => Some(placement),
            Self::Unplaced | Self::Absent | Self::Disqualified => None,
        }
    }

    /// The outcome as two numbers, for hashes. Part of every hash that was ever stored: never
    /// renumber.
    pub(crate) fn code(self) -> (i64, i64) {
        match self {
            Self::Placed(placement) => (0, placement.rank().into()),
            Self::Unplaced => (1, 0),
            Self::Absent => (2, 0),
            Self::Disqualified => (3, 0),
        }
    }

    /// Whether the participant counts for the size of the field.
    #[must_use]
    pub fn competed(self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// Wins, draws, losses and goals of one participant; all zero where no matches are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MatchRecord {
    /// Matches won, a shoot-out counting for its winner.
    pub wins: u32,
    /// Matches that ended level.
    pub draws: u32,
    /// Matches lost.
    pub losses: u32,
    /// Goals scored, shoot-outs left out.
    pub goals_for: u32,
    /// Goals conceded, shoot-outs left out.
    pub goals_against: u32,
}

impl MatchRecord {
    /// Whether no matches are known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Matches played.
    #[must_use]
    pub fn played(&self) -> u32 {
        self.wins.saturating_add(self.draws).saturating_add(self.losses)
    }
}

/// How one participant ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub player: PlayerId,
    /// The side the participant played for, in a tournament whose placements belong to teams.
    pub team: Option<Membership>,
    /// How it ended.
    pub outcome: Outcome,
    /// The matches behind it.
    pub record: MatchRecord,
    /// What the place was won with, where the field was ranked by a measured value.
    pub measured: Option<Measured>,
}

/// The whole field as it ended: each participant once, in ascending id.
///
/// **Invariant:** sorted by player, no player twice; every way in sorts and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    entries: Vec<Standing>,
    field_size: u32,
}

impl Standings {
    /// Sorts `entries` and counts the field. The rules that make entries (ranked list, matches)
    /// have refused duplicates with their place in the input; a later duplicate is dropped here.
    pub(crate) fn new(mut entries: Vec<Standing>) -> Self {
        entries.sort_by_key(|it| it.player);
        entries.dedup_by_key(|it| it.player);
        let field_size = field_size(&entries);
        Self { entries, field_size }
    }

    /// The same with those of `players` who are not in it as absent.
    #[must_use]
    pub fn with_absent(self, players: impl IntoIterator<Item = PlayerId>) -> Self {
        let absent = |player| Standing {
            player,
            team: None,
            outcome: Outcome::Absent,
            record: MatchRecord::default(),
            measured: None,
        };
        // What is there comes first, and the first of a player's stays.
        let mut entries = self.entries;
        entries.extend(players.into_iter().map(absent));
        Self::new(entries)
    }

    pub(crate) fn into_entries(self) -> Vec<Standing> {
        self.entries
    }

    /// Standings that were stored: sorted once more, each participant once.
    #[must_use]
    pub fn stored(entries: Vec<Standing>) -> Self {
        Self::new(entries)
    }

    /// Every participant, in ascending id.
    #[must_use]
    pub fn entries(&self) -> &[Standing] {
        &self.entries
    }

    /// Names the standings: the same results have the same hash, whatever order they came in.
    ///
    /// A member's weight is part of it where it is another than usual, and a measured value where
    /// there is one, so that results from before these were kept have their hash still.
    #[must_use]
    pub fn hash(&self) -> Hash256 {
        let [hash, _] = self.names();
        hash
    }

    /// Every hash that names these standings: their own, and that of the time when measured values were
    /// forgotten once the field was ranked.
    #[must_use]
    pub fn names(&self) -> [Hash256; 2] {
        let mut hasher = StandingsHasher::new();
        hasher.add_all(&self.entries);
        hasher.names()
    }

    /// What they are known by.
    #[must_use]
    pub fn facts(&self) -> FieldFacts {
        FieldFacts { names: self.names(), field_size: self.field_size }
    }

    /// Competing participants; in a team tournament the number of competing teams.
    #[must_use]
    pub fn field_size(&self) -> u32 {
        self.field_size
    }
}

fn field_size(entries: &[Standing]) -> u32 {
    let competing = || entries.iter().filter(|it| it.outcome.competed());
    let mut teams: Vec<&str> =
        competing().filter_map(|it| it.team.as_ref()).map(|it| &*it.name).collect();
    let alone = competing().count() - teams.len();
    teams.sort_unstable();
    teams.dedup();
    u32::try_from(alone + teams.len()).unwrap_or(u32::MAX)
}
