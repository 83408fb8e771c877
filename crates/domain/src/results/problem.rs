//! What is wrong with results, precisely enough to point at it and to say what to do.

mod wording;

use std::fmt;

use crate::{Placement, PlayerId, Round, TextProblem};

/// A reason for which results were refused.
///
/// `row` is the index, from 0, of the entry or match it was found in; `first_row` that of an
/// earlier one it contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields mean the same in every variant; see above")]
pub enum ResultsProblem {
    /// There is not a single row.
    Empty,
    /// A participant stands twice in a ranked list.
    Duplicate { row: usize, first_row: usize, player: PlayerId },
    /// A placement that cannot follow the one before it. `expected` are the placements that could:
    /// counted densely (1, 2, 2, 3) and as in a competition (1, 2, 2, 4).
    Gap { row: usize, player: PlayerId, found: Placement, expected: [Placement; 2] },
    /// A measured value that is infinite or not a number.
    NotFinite { row: usize, player: PlayerId },
    /// What the team of a participant is called is no readable text.
    TeamUnreadable { row: usize, player: PlayerId, problem: TextProblem },
    /// Others have a team, this participant has none.
    TeamMissing { row: usize, player: PlayerId },
    /// A member of a team ended otherwise than the team's first member in the list.
    TeamDivided { row: usize, first_row: usize, player: PlayerId, team: String },
    /// A participant plays for two teams.
    TwoTeams { row: usize, first_row: usize, player: PlayerId, teams: [String; 2] },
    /// A tie-break value that is infinite or not a number.
    TieBreakNotFinite { row: usize, player: PlayerId },
    /// Two rows of a ranked list end level, and no tie-break decides between them, where every place
    /// is taken once.
    UnbrokenTie { row: usize, first_row: usize, player: PlayerId, placement: Placement },
    /// Two participants end level after all matches, where every place is taken once; each row is the
    /// last match of one of them.
    LevelInMatches { row: usize, first_row: usize, player: PlayerId, placement: Placement },
    /// A match of somebody against themselves.
    AgainstItself { row: usize, player: PlayerId },
    /// More goals than any match has: a slip of the pen.
    TooManyGoals { row: usize, home: PlayerId, away: PlayerId },
    /// Extra time although the regular time had a winner.
    NeedlessExtraTime { row: usize, home: PlayerId, away: PlayerId },
    /// Fewer goals after the extra time than before it.
    GoalsLost { row: usize, home: PlayerId, away: PlayerId },
    /// A shoot-out although play had a winner.
    NeedlessPenalties { row: usize, home: PlayerId, away: PlayerId },
    /// A knockout match that is level after all that was played.
    NoWinner { row: usize, home: PlayerId, away: PlayerId },
    /// Matches of a league beside those of a `round` that no league has; `row` is where the other
    /// kind begins.
    LeagueMixed { row: usize, first_row: usize, round: Round },
    /// Knockout matches or several groups, and no final that decides between them.
    NoFinal,
    /// A second match of a round that has only one.
    SecondMatch { row: usize, first_row: usize, round: Round },
    /// A knockout pairing played twice in one round.
    RepeatedPairing { row: usize, first_row: usize, home: PlayerId, away: PlayerId, round: Round },
    /// A participant in two matches of one knockout round.
    TwiceInRound { row: usize, first_row: usize, player: PlayerId, round: Round },
    /// A participant who plays although a match of an earlier knockout round was lost.
    PlayedOnAfterLosing { row: usize, first_row: usize, player: PlayerId },
    /// The winner of a knockout match who plays no later one.
    DidNotAdvance { row: usize, player: PlayerId, round: Round },
    /// A finalist who won no semi-final.
    NotASemiFinalWinner { row: usize, player: PlayerId },
    /// A participant of the third-place match who lost no semi-final.
    NotASemiFinalLoser { row: usize, player: PlayerId },
}

impl ResultsProblem {
    /// The row it was found in; `None` if it is a problem of the whole.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        match *self {
            Self::Empty | Self::NoFinal => None,
            Self::Duplicate { row, .. }
            | Self::Gap { row, .. }
            | Self::NotFinite { row, .. }
            | Self::TeamUnreadable { row, .. }
            | Self::TeamMissing { row, .. }
            | Self::TeamDivided { row, .. }
            | Self::TwoTeams { row, .. }
            | Self::TieBreakNotFinite { row, .. }
            | Self::UnbrokenTie { row, .. }
            | Self::LevelInMatches { row, .. }
            | Self::AgainstItself { row, .. }
            | Self::TooManyGoals { row, .. }
            | Self::NeedlessExtraTime { row, .. }
            | Self::GoalsLost { row, .. }
            | Self::NeedlessPenalties { row, .. }
            | Self::NoWinner { row, .. }
            | Self::LeagueMixed { row, .. }
            | Self::SecondMatch { row, .. }
            | Self::RepeatedPairing { row, .. }
            | Self::TwiceInRound { row, .. }
            | Self::PlayedOnAfterLosing { row, .. }
            | Self::DidNotAdvance { row, .. }
            | Self::NotASemiFinalWinner { row, .. }
            | Self::NotASemiFinalLoser { row, .. } => Some(row),
        }
    }

    /// The earlier row that it contradicts, where there is one.
    #[must_use]
    pub fn first_row(&self) -> Option<usize> {
        match *self {
            Self::Duplicate { first_row, .. }
            | Self::TeamDivided { first_row, .. }
            | Self::TwoTeams { first_row, .. }
            | Self::UnbrokenTie { first_row, .. }
            | Self::LevelInMatches { first_row, .. }
            | Self::LeagueMixed { first_row, .. }
            | Self::SecondMatch { first_row, .. }
            | Self::RepeatedPairing { first_row, .. }
            | Self::TwiceInRound { first_row, .. }
            | Self::PlayedOnAfterLosing { first_row, .. } => Some(first_row),
            _ => None,
        }
    }

    /// The participants that it is about.
    #[must_use]
    pub fn players(&self) -> Vec<PlayerId> {
        match *self {
            Self::Empty | Self::LeagueMixed { .. } | Self::NoFinal | Self::SecondMatch { .. } => {
                Vec::new()
            }
            Self::Duplicate { player, .. }
            | Self::Gap { player, .. }
            | Self::NotFinite { player, .. }
            | Self::TeamUnreadable { player, .. }
            | Self::TeamMissing { player, .. }
            | Self::TeamDivided { player, .. }
            | Self::TwoTeams { player, .. }
            | Self::TieBreakNotFinite { player, .. }
            | Self::UnbrokenTie { player, .. }
            | Self::LevelInMatches { player, .. }
            | Self::AgainstItself { player, .. }
            | Self::TwiceInRound { player, .. }
            | Self::PlayedOnAfterLosing { player, .. }
            | Self::DidNotAdvance { player, .. }
            | Self::NotASemiFinalWinner { player, .. }
            | Self::NotASemiFinalLoser { player, .. } => vec![player],
            Self::TooManyGoals { home, away, .. }
            | Self::NeedlessExtraTime { home, away, .. }
            | Self::GoalsLost { home, away, .. }
            | Self::NeedlessPenalties { home, away, .. }
            | Self::NoWinner { home, away, .. }
            | Self::RepeatedPairing { home, away, .. } => vec![home, away],
        }
    }

    /// What part of the row is wrong: "placement", "value", "participant", "team", "tie-break",
    /// "round" or "score"; "results" if it is the whole.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Empty => "results",
            Self::Gap { .. } => "placement",
            Self::NotFinite { .. } => "value",
            Self::TeamUnreadable { .. }
            | Self::TeamMissing { .. }
            | Self::TeamDivided { .. }
            | Self::TwoTeams { .. } => "team",
            Self::TieBreakNotFinite { .. } | Self::UnbrokenTie { .. } => "tie-break",
            Self::TooManyGoals { .. }
            | Self::NeedlessExtraTime { .. }
            | Self::GoalsLost { .. }
            | Self::NeedlessPenalties { .. }
            | Self::NoWinner { .. } => "score",
            Self::LeagueMixed { .. } | Self::NoFinal | Self::SecondMatch { .. } => "round",
            Self::Duplicate { .. }
            | Self::LevelInMatches { .. }
            | Self::AgainstItself { .. }
            | Self::RepeatedPairing { .. }
            | Self::TwiceInRound { .. }
            | Self::PlayedOnAfterLosing { .. }
            | Self::DidNotAdvance { .. }
            | Self::NotASemiFinalWinner { .. }
            | Self::NotASemiFinalLoser { .. } => "participant",
        }
    }
}

// Written by hand, where thiserror would want every sentence once more: `describe` has them.
impl fmt::Display for ResultsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe(&|player| player.to_string()))
    }
}

impl std::error::Error for ResultsProblem {}
