//! The sentences in which problems with results are told.

use super::ResultsProblem;
use crate::{Placement, PlayerId, standings::GOALS_MAX};

impl ResultsProblem {
    /// What is wrong, in one sentence that calls participants by `name`. It leaves out where: the
    /// source of the results knows what its rows are called.
    #[must_use]
    pub fn describe(&self, name: &dyn Fn(PlayerId) -> String) -> String {
        let pair = |home: &PlayerId, away: &PlayerId| format!("{} – {}", name(*home), name(*away));
        match self {
            Self::Empty => "there are no results".to_owned(),
            Self::Duplicate { player, .. } => format!("{} is listed twice", name(*player)),
            Self::Gap { player, found, expected, .. } => format!(
                "{} is placed {}, but the next placement is {}",
                name(*player),
                found.rank(),
                either(*expected)
            ),
            Self::NotFinite { player, .. } => {
                format!("the value of {} is not a finite number", name(*player))
            }
            Self::TeamUnreadable { player, problem, .. } => {
                format!("the team of {} {problem}, expected {}", name(*player), problem.expected())
            }
            Self::TeamMissing { player, .. } => {
                format!("{} has no team, but others have one", name(*player))
            }
            Self::TeamDivided { player, team, .. } => {
                format!("{} ended otherwise than the rest of team {team}", name(*player))
            }
            Self::TwoTeams { player, teams: [first, other], .. } => {
                format!("{} plays for {other}, and for {first}, too", name(*player))
            }
            Self::TieBreakNotFinite { player, .. } => {
                format!("the tie-break of {} is not a finite number", name(*player))
            }
            Self::UnbrokenTie { player, placement, .. } => format!(
                "{} is level with another at place {}, and no tie-break decides",
                name(*player),
                placement.rank()
            ),
            Self::LevelInMatches { player, placement, .. } => format!(
                "{} is level with another at place {} after all matches",
                name(*player),
                placement.rank()
            ),
            Self::AgainstItself { player, .. } => {
                format!("{} plays against itself", name(*player))
            }
            Self::TooManyGoals { home, away, .. } => {
                format!("{} has more than {GOALS_MAX} goals", pair(home, away))
            }
            Self::NeedlessExtraTime { home, away, .. } => {
                format!("{} has extra time although regular time was not level", pair(home, away))
            }
            Self::GoalsLost { home, away, .. } => {
                format!("{} has fewer goals after extra time than before", pair(home, away))
            }
            Self::NeedlessPenalties { home, away, .. } => {
                format!("{} has penalties although play did not end level", pair(home, away))
            }
            Self::NoWinner { home, away, .. } => {
                format!("{} is a knockout match without a winner", pair(home, away))
            }
            Self::LeagueMixed { round, .. } => {
                format!("matches of a league stand beside those of a {round}")
            }
            Self::NoFinal => "there is no final".to_owned(),
            Self::SecondMatch { round, .. } => format!("there is more than one {round}"),
            Self::RepeatedPairing { home, away, round, .. } => {
                format!("{} is played twice in the {round}", pair(home, away))
            }
            Self::TwiceInRound { player, round, .. } => {
                format!("{} plays two matches in the {round}", name(*player))
            }
            Self::PlayedOnAfterLosing { player, .. } => {
                format!("{} plays on after losing an earlier knockout match", name(*player))
            }
            Self::DidNotAdvance { player, round, .. } => {
                format!("{} won a {round}, but plays no later match", name(*player))
            }
            Self::NotASemiFinalWinner { player, .. } => {
                format!("{} plays the final, but won no semi-final", name(*player))
            }
            Self::NotASemiFinalLoser { player, .. } => {
                format!("{} plays for third place, but lost no semi-final", name(*player))
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Empty => "check that the source is the right one and is complete",
            Self::Duplicate { .. } => {
                "remove one of the rows, or let the better finish of a duplicate count"
            }
            Self::Gap { .. } => {
                "add the missing rows, correct the placement, or let gaps be closed"
            }
            Self::NotFinite { .. } => "give a finite number, or say how the participant ended",
            Self::TeamUnreadable { problem, .. } => problem.advice(),
            Self::TeamMissing { .. } => "give every competing participant a team, or none",
            Self::TeamDivided { .. } => "give all competing members of the team the same finish",
            Self::TwoTeams { .. } => "leave every participant in one team of the tournament",
            Self::TieBreakNotFinite { .. } => "give a finite number, or no tie-break",
            Self::UnbrokenTie { .. } => {
                "give both of them tie-breaks, different ones, or let the policy rank ties in the \
                 order of the rows (\"tie_break\": \"listed\") or share the place (\"ties\": \"skip\")"
            }
            Self::LevelInMatches { .. } => {
                "let the policy rank ties in the order of the matches (\"tie_break\": \"listed\") or \
                 share the place (\"ties\": \"skip\")"
            }
            Self::AgainstItself { .. } => "correct one of the two sides",
            Self::TooManyGoals { .. } => "correct the score",
            Self::NeedlessExtraTime { .. } => "correct the regular time, or remove the extra time",
            Self::GoalsLost { .. } => {
                "count the goals of the regular time in the score after extra time"
            }
            Self::NeedlessPenalties { .. } => {
                "correct the score after play, or remove the penalties"
            }
            Self::NoWinner { .. } => "add the extra time or the penalties that decided the match",
            Self::LeagueMixed { .. } => {
                "make two tournaments of them, correct the round, or add the group of the match"
            }
            Self::NoFinal => "add the final, or correct the round of the match that was it",
            Self::SecondMatch { .. } | Self::RepeatedPairing { .. } => {
                "remove one of the matches, or correct its round"
            }
            Self::TwiceInRound { .. } | Self::PlayedOnAfterLosing { .. } => {
                "correct the participants, the round or the score of one of the matches"
            }
            Self::DidNotAdvance { .. } => "add the next match, or correct the score of this one",
            Self::NotASemiFinalWinner { .. } | Self::NotASemiFinalLoser { .. } => {
                "correct the participants of this match, or the scores of the semi-finals"
            }
        }
    }
}

fn either([dense, skipping]: [Placement; 2]) -> String {
    if dense == skipping {
        dense.rank().to_string()
    } else {
        format!("{} or {}", dense.rank(), skipping.rank())
    }
}
