//! Badges by rule of the policy: conditions on the evidence that the plan froze.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{BadgeFace, BadgeType, Evidence};

/// Badges by rule, and what badges look like.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct BadgePolicy {
    /// Who gets the badges that Guerdon itself never gives.
    pub rules: Vec<BadgeRule>,
    /// Faces that replace the usual ones.
    pub catalogue: BTreeMap<BadgeType, BadgeFace>,
}

/// Gives a badge to whoever meets every condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BadgeRule {
    /// Which badge.
    pub badge: BadgeType,
    /// At least one condition; all must hold.
    pub when: Vec<Condition>,
}

/// Bounds on one number of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Condition {
    /// Which number.
    pub evidence: EvidenceField,
    /// Lower bound, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Upper bound, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

/// A number of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceField {
    /// The rank; conditions on it fail for those without one.
    Placement,
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
    /// Goals scored.
    GoalsFor,
    /// Goals conceded.
    GoalsAgainst,
}

impl BadgePolicy {
    /// What `badge` looks like under this policy.
    #[must_use]
    pub fn face(&self, badge: BadgeType) -> BadgeFace {
        self.catalogue.get(&badge).cloned().unwrap_or_else(|| badge.face())
    }

    /// The badges whose rules `evidence` meets.
    pub fn earned_by(&self, evidence: &Evidence) -> impl Iterator<Item = BadgeType> {
        self.rules.iter().filter(|it| it.is_met_by(evidence)).map(|it| it.badge)
    }
}

impl BadgeRule {
    fn is_met_by(&self, evidence: &Evidence) -> bool {
        self.when.iter().all(|it| it.is_met_by(evidence))
    }
}

impl Condition {
    fn is_met_by(&self, evidence: &Evidence) -> bool {
        let Some(value) = self.evidence.of(evidence) else { return false };
        self.at_least.is_none_or(|it| value >= it) && self.at_most.is_none_or(|it| value <= it)
    }
}

impl EvidenceField {
    fn of(self, evidence: &Evidence) -> Option<f64> {
        let record = &evidence.record;
        Some(match self {
            Self::Placement => evidence.outcome.placement()?.rank().into(),
            Self::FieldSize => evidence.field_size.into(),
            Self::OpponentFactor => evidence.opponent_factor.as_f64(),
            Self::MatchModifier => evidence.match_modifier.as_f64(),
            Self::Played => record.played().into(),
            Self::Wins => record.wins.into(),
            Self::Draws => record.draws.into(),
            Self::Losses => record.losses.into(),
            Self::GoalsFor => record.goals_for.into(),
            Self::GoalsAgainst => record.goals_against.into(),
        })
    }
}
