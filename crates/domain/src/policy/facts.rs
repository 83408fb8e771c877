//! What a badge rule may look at: a number of one tournament, or of the history up to it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Evidence, Progress, SkillName, Tenths};

/// One tournament of one player's, and the player's history with that tournament in it.
///
/// It is all that a rule may look at. A rule is evaluated again, years later, from what the player's
/// own history keeps: nothing of other players.
#[derive(Clone, Copy)]
pub struct Occasion<'a> {
    /// How it ended, and against whom.
    pub evidence: &'a Evidence,
    /// The counters afterwards.
    pub progress: &'a Progress,
    /// The level of each skill afterwards.
    pub skills: &'a dyn Fn(&SkillName) -> Tenths,
}

/// A number that a condition bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Of this tournament.
    Evidence(EvidenceField),
    /// Of all tournaments up to this one, itself included.
    History(HistoryField),
    /// The level of a skill after this tournament.
    Skill(SkillName),
}

/// A number of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceField {
    /// The rank; conditions on it fail for those without one.
    Placement,
    /// The rank in percent of the field: 10 is the last of the best tenth. Conditions on it fail for
    /// those without a rank.
    TopPercent,
    /// Competing participants, or teams.
    FieldSize,
    /// How strong the others were, 0.5 to 2.
    OpponentFactor,
    /// How the matches went, -1 to 1.
    MatchModifier,
    /// Matches played.
    Played,
    /// Matches won.
    Wins,
    /// Matches drawn.
    Draws,
    /// Matches lost.
    Losses,
    /// 1 for whoever has played and lost no match, 0 for everybody else.
    Undefeated,
    /// Goals scored.
    GoalsFor,
    /// Goals conceded.
    GoalsAgainst,
    /// Goals scored less goals conceded.
    Margin,
    /// What the place was won with, in the unit that the tournament knows; conditions on it fail
    /// where nothing was measured.
    Measured,
}

/// A number of a player's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryField {
    /// Tournaments taken part in.
    Tournaments,
    /// First places.
    Wins,
    /// Places among the first three.
    Podiums,
    /// First places in a row, up to this tournament.
    WinStreak,
    /// Places among the first three in a row, up to this tournament.
    PodiumStreak,
    /// The highest level that was ever reached.
    Level,
}

impl Fact {
    /// The number; `None` where there is none.
    pub(super) fn value(&self, occasion: &Occasion<'_>) -> Option<f64> {
        match self {
            Self::Evidence(field) => field.of(occasion.evidence),
            Self::History(field) => Some(field.of(occasion.progress).into()),
            Self::Skill(skill) => Some((occasion.skills)(skill).as_f64()),
        }
    }
}

impl EvidenceField {
    /// Every name, for whoever has to choose one.
    pub(super) const NAMES: &str = "placement, top_percent, field_size, opponent_factor, \
                                    match_modifier, played, wins, draws, losses, undefeated, \
                                    goals_for, goals_against, margin, measured";

    fn of(self, evidence: &Evidence) -> Option<f64> {
        let record = &evidence.record;
        let rank = || evidence.outcome.placement().map(|it| f64::from(it.rank()));
        Some(match self {
            Self::Placement => rank()?,
            Self::TopPercent => 100.0 * rank()? / f64::from(evidence.field_size.max(1)),
            Self::FieldSize => evidence.field_size.into(),
            Self::OpponentFactor => evidence.opponent_factor.as_f64(),
            Self::MatchModifier => evidence.match_modifier.as_f64(),
            Self::Played => record.played().into(),
            Self::Wins => record.wins.into(),
            Self::Draws => record.draws.into(),
            Self::Losses => record.losses.into(),
            Self::Undefeated => u32::from(record.played() > 0 && record.losses == 0).into(),
            Self::GoalsFor => record.goals_for.into(),
            Self::GoalsAgainst => record.goals_against.into(),
            Self::Margin => f64::from(record.goals_for) - f64::from(record.goals_against),
            Self::Measured => evidence.measured?.get(),
        })
    }
}

impl HistoryField {
    /// Every name, for whoever has to choose one.
    pub(super) const NAMES: &str = "tournaments, wins, podiums, win_streak, podium_streak, level";

    fn of(self, progress: &Progress) -> u32 {
        match self {
            Self::Tournaments => progress.tournaments,
            Self::Wins => progress.wins,
            Self::Podiums => progress.podiums,
            Self::WinStreak => progress.win_streak,
            Self::PodiumStreak => progress.podium_streak,
            Self::Level => progress.level_max,
        }
    }
}

impl fmt::Debug for Occasion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Occasion")
            .field("evidence", self.evidence)
            .field("progress", self.progress)
            .finish_non_exhaustive()
    }
}
