//! Badges by rule: conditions on what happened, all of which must hold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::facts::{Fact, Occasion};
use crate::{BadgeCategory, BadgeFace, BadgeType};

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
    /// Whether a player has it only once, for the first tournament that meets the conditions.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub once_in_a_life: bool,
    /// What kind of deed it marks, where that is not as usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<BadgeCategory>,
    /// What it looks like, where that is not as usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub face: Option<BadgeFace>,
}

/// Bounds on one fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Condition {
    /// Which fact.
    #[serde(flatten)]
    pub of: Fact,
    /// Lower bound, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Upper bound, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

impl BadgePolicy {
    /// What `badge` looks like under this policy.
    #[must_use]
    pub fn face(&self, badge: BadgeType) -> BadgeFace {
        let by_rule = || self.rule_of(badge).and_then(|it| it.face.as_ref());
        self.catalogue.get(&badge).or_else(by_rule).cloned().unwrap_or_else(|| badge.face())
    }

    /// What kind of deed `badge` marks under this policy.
    #[must_use]
    pub fn category(&self, badge: BadgeType) -> BadgeCategory {
        self.rule_of(badge).map_or_else(|| badge.category(), BadgeRule::category)
    }

    /// Whether it says what `badge` looks like, or gives it.
    #[must_use]
    pub fn knows(&self, badge: BadgeType) -> bool {
        self.catalogue.contains_key(&badge) || self.rule_of(badge).is_some()
    }

    /// The rules that `occasion` meets, in the order of the policy.
    pub fn met_by(&self, occasion: &Occasion<'_>) -> impl Iterator<Item = &BadgeRule> {
        self.rules.iter().filter(|it| it.is_met_by(occasion))
    }

    /// The rule that gives `badge`, the first if there are several.
    #[must_use]
    pub fn rule_of(&self, badge: BadgeType) -> Option<&BadgeRule> {
        self.rules.iter().find(|it| it.badge == badge)
    }
}

impl BadgeRule {
    /// Whether `occasion` meets every condition.
    #[must_use]
    pub fn is_met_by(&self, occasion: &Occasion<'_>) -> bool {
        self.when.iter().all(|it| it.is_met_by(occasion))
    }

    /// What kind of deed its badge marks.
    #[must_use]
    pub fn category(&self) -> BadgeCategory {
        self.category.unwrap_or_else(|| self.badge.category())
    }

    /// What its badge looks like.
    #[must_use]
    pub fn face(&self) -> BadgeFace {
        self.face.clone().unwrap_or_else(|| self.badge.face())
    }
}

impl Condition {
    fn is_met_by(&self, occasion: &Occasion<'_>) -> bool {
        let Some(value) = self.of.value(occasion) else { return false };
        self.at_least.is_none_or(|it| value >= it) && self.at_most.is_none_or(|it| value <= it)
    }
}
