//! What a tournament's placements are worth: a validated, versioned document.

mod badge_document;
mod badge_rule;
mod clawback;
mod document;
mod facts;
mod level_document;
mod levels;
mod reader;
mod tiers;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{
    badge_rule::{BadgePolicy, BadgeRule, Condition},
    clawback::Clawback,
    facts::{EvidenceField, Fact, HistoryField, Occasion},
    levels::{Level, LevelCurve, LevelStep},
    reader::PolicyProblem,
    tiers::{RewardTier, TierReward},
};
use crate::{
    ConversionRates, Hash256, Hasher, LeaguePoints, Outcome, Reward, SkillCategory, SkillName,
    Tenths, TieRule,
    skill_points::{bonus_xp, skill_points},
};

/// What a tournament's placements are worth, and how its results are read.
///
/// **Invariant:** a policy that exists is valid. The only ways in are [`RewardPolicy::standard`] and
/// [`RewardPolicy::from_document`], which refuses a broken document with every problem in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RewardPolicy {
    version: u32,
    tiers: Vec<RewardTier>,
    participation: TierReward,
    skills: BTreeMap<SkillName, SkillRule>,
    rates: ConversionRates,
    ties: TieRule,
    league_points: LeaguePoints,
    absence: AbsenceRules,
    badges: BadgePolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    levels: Option<LevelCurve>,
    #[serde(skip_serializing_if = "Clawback::is_usual")]
    clawback: Clawback,
}

/// How much a skill counts in a tournament.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SkillRule {
    /// 0.1 to 5.0.
    pub weight: f64,
    /// Decides the rate at which its points become XP.
    pub category: SkillCategory,
    /// A disabled skill neither earns nor moves.
    pub enabled: bool,
}

/// What those without a placement get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AbsenceRules {
    /// Competed without a placement.
    pub unplaced: Treatment,
    /// Struck from the results.
    pub disqualified: Treatment,
    /// Did not compete.
    pub absent: Treatment,
}

/// What one of those without a placement gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// What taking part is worth.
    Participation,
    /// Nothing; the award says why.
    Nothing,
}

impl RewardPolicy {
    /// The policy of a tournament that brings none: the table of RULES.md, with one skill for each
    /// category, all of equal weight.
    #[must_use]
    pub fn standard() -> Self {
        let skill = |name: &str, category| {
            let rule = SkillRule { weight: 1.0, category, enabled: true };
            SkillName::new(name).ok().map(|it| (it, rule))
        };
        let skills = [
            skill("focus", SkillCategory::Mental),
            skill("stamina", SkillCategory::Physical),
            skill("tactics", SkillCategory::Tactical),
            skill("technique", SkillCategory::Technical),
        ];
        Self {
            version: 1,
            tiers: tiers::standard(),
            participation: TierReward { xp: 50, credits: 0, skill_points: 1 },
            skills: skills.into_iter().flatten().collect(),
            rates: ConversionRates::default(),
            ties: TieRule::default(),
            league_points: LeaguePoints::default(),
            absence: AbsenceRules::default(),
            badges: BadgePolicy::default(),
            levels: None,
            clawback: Clawback::default(),
        }
    }

    /// The version that its author gave it.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The rewards by placement, best first.
    #[must_use]
    pub fn tiers(&self) -> &[RewardTier] {
        &self.tiers
    }

    /// The reward of taking part.
    #[must_use]
    pub fn participation(&self) -> TierReward {
        self.participation
    }

    /// Every skill, the disabled ones included, by name.
    #[must_use]
    pub fn skills(&self) -> &BTreeMap<SkillName, SkillRule> {
        &self.skills
    }

    /// The skills that count, by name.
    pub fn enabled_skills(&self) -> impl Iterator<Item = (&SkillName, &SkillRule)> + Clone {
        self.skills.iter().filter(|(_, rule)| rule.enabled)
    }

    /// XP for each skill point.
    #[must_use]
    pub fn rates(&self) -> &ConversionRates {
        &self.rates
    }

    /// How equals are ranked.
    #[must_use]
    pub fn ties(&self) -> TieRule {
        self.ties
    }

    /// What a match is worth in a league or group.
    #[must_use]
    pub fn league_points(&self) -> LeaguePoints {
        self.league_points
    }

    /// Badges by rule, and what badges look like.
    #[must_use]
    pub fn badges(&self) -> &BadgePolicy {
        &self.badges
    }

    /// Which lifetime XP makes which level; `None` where there are no levels.
    #[must_use]
    pub fn levels(&self) -> Option<&LevelCurve> {
        self.levels.as_ref()
    }

    /// What becomes of credits that a correction takes back and that were spent.
    #[must_use]
    pub fn clawback(&self) -> Clawback {
        self.clawback
    }

    /// What `outcome` is worth; `None` when the policy says nothing at all, not even participation.
    #[must_use]
    pub fn worth(&self, outcome: Outcome) -> Option<TierReward> {
        let treatment = match outcome {
            Outcome::Placed(placement) => return Some(self.worth_of_rank(placement.rank())),
            Outcome::Unplaced => self.absence.unplaced,
            Outcome::Disqualified => self.absence.disqualified,
            Outcome::Absent => self.absence.absent,
        };
        (treatment == Treatment::Participation).then_some(self.participation)
    }

    /// The amounts that `outcome` earns: the placement's, and XP for the skill points.
    #[must_use]
    pub fn reward(&self, outcome: Outcome) -> Reward {
        let Some(worth) = self.worth(outcome) else { return Reward::default() };
        let points = self.skill_points(outcome);
        let bonus = points.iter().map(|(skill, points)| {
            let category = self.skills.get(*skill).map_or(SkillCategory::None, |it| it.category);
            bonus_xp(*points, self.rates.rate(category))
        });
        Reward { xp_base: worth.xp, xp_bonus: bonus.sum(), credits: worth.credits }
    }

    /// The skill points that `outcome` earns, by skill.
    #[must_use]
    pub fn skill_points(&self, outcome: Outcome) -> BTreeMap<&SkillName, Tenths> {
        let base = self.worth(outcome).map_or(0, |it| it.skill_points);
        let weights = self.enabled_skills().map(|(_, rule)| rule.weight);
        self.enabled_skills().map(|(name, _)| name).zip(skill_points(weights, base)).collect()
    }

    /// Names the policy: equal documents have equal hashes.
    #[must_use]
    pub fn hash(&self) -> Hash256 {
        let mut hasher = Hasher::new("policy");
        hasher.bytes(self.to_document().to_string().as_bytes());
        hasher.finish()
    }

    fn worth_of_rank(&self, rank: u32) -> TierReward {
        let tier = self.tiers.iter().find(|it| (it.from..=it.to).contains(&rank));
        tier.map_or(self.participation, |it| it.reward)
    }
}

impl Default for AbsenceRules {
    fn default() -> Self {
        Self {
            unplaced: Treatment::Participation,
            disqualified: Treatment::Nothing,
            absent: Treatment::Nothing,
        }
    }
}
