//! Results with one row per participant: a placement, or a number that makes one.

use crate::{Membership, Placement, PlayerId};

/// Participants in order, in one of the two ways in which lists are kept; a list never mixes them.
#[derive(Debug, Clone, PartialEq)]
pub enum RankedList {
    /// Each row carries its placement.
    Placements(Vec<RankedEntry<Placement>>),
    /// Each row carries a time, a distance, a score; equal values tie.
    Measured {
        /// Which end of the scale wins.
        better: Better,
        /// The rows.
        entries: Vec<RankedEntry<f64>>,
    },
}

/// Which end of a scale wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Better {
    /// A race: the shortest time.
    Lower,
    /// A jump, a quiz: the most.
    Higher,
}

/// One row of a ranked list.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedEntry<Mark> {
    /// Who.
    pub player: PlayerId,
    /// The team that the placement belongs to; `None` where everybody competes alone.
    pub team: Option<Membership>,
    /// How it ended.
    pub finish: Finish<Mark>,
    /// What decides between equals where the policy wants every place taken once; in a team the best
    /// of its members' values counts.
    pub tie_break: Option<f64>,
}

impl<Mark> RankedEntry<Mark> {
    /// The row of somebody who competes alone, without a tie-break.
    #[must_use]
    pub fn new(player: PlayerId, finish: Finish<Mark>) -> Self {
        Self { player, team: None, finish, tie_break: None }
    }
}

/// How one row of a ranked list ended.
///
/// The order is the one in which [`OnDuplicate::Best`](crate::OnDuplicate) prefers: who got a mark
/// finished, who did not finish competed, a disqualification shows at least that somebody started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finish<Mark> {
    /// With a placement or a measured value.
    Marked(Mark),
    /// Competed without a mark: did not finish, not classified.
    Unplaced,
    /// Competed, and was struck from the results.
    Disqualified,
    /// Did not compete: did not start, did not qualify, excluded.
    Absent,
}

impl<Mark> Finish<Mark> {
    /// The mark, where there is one.
    #[must_use]
    pub fn mark(&self) -> Option<&Mark> {
        match self {
            Self::Marked(mark) => Some(mark),
            Self::Unplaced | Self::Disqualified | Self::Absent => None,
        }
    }

    /// The same finish with another mark.
    #[must_use]
    pub fn map<Other>(self, mark: impl FnOnce(Mark) -> Other) -> Finish<Other> {
        match self {
            Self::Marked(it) => Finish::Marked(mark(it)),
            Self::Unplaced => Finish::Unplaced,
            Self::Disqualified => Finish::Disqualified,
            Self::Absent => Finish::Absent,
        }
    }

    /// Whether the participant took part.
    #[must_use]
    pub fn competed(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}
