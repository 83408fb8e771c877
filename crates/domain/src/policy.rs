//! What a tournament's placements are worth: a validated, versioned document.

mod badge_document;
mod badge_rule;
mod clawback;
mod document;
mod facts;
mod level_document;
mod levels;
mod limits;
mod places;
mod pool;
mod prize_sections;
mod reader;
mod sharing;
mod tiers;
mod worth;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{
    badge_rule::{BadgePolicy, BadgeRule, Condition},
    clawback::Clawback,
    facts::{EvidenceField, Fact, HistoryField, Occasion},
    levels::{Level, LevelCurve, LevelStep},
    limits::{Bounds, Limits},
    places::{Percent, Places},
    pool::{Pool, PoolWeight, Pools},
    reader::PolicyProblem,
    sharing::{TeamRules, TeamShare, TiedPrizes},
    tiers::{RewardTier, TierReward},
};
use crate::{
    ConversionRates, Hash256, Hasher, LeaguePoints, SkillCategory, SkillName, TieBreak, TieRule,
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
    #[serde(skip_serializing_if = "TieBreak::is_usual")]
    tie_break: TieBreak,
    #[serde(skip_serializing_if = "TiedPrizes::is_usual")]
    tied_prizes: TiedPrizes,
    #[serde(rename = "pool", skip_serializing_if = "Pools::is_empty")]
    pools: Pools,
    #[serde(skip_serializing_if = "TeamRules::are_usual")]
    teams: TeamRules,
    #[serde(skip_serializing_if = "Limits::are_none")]
    limits: Limits,
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
            tie_break: TieBreak::default(),
            tied_prizes: TiedPrizes::default(),
            pools: Pools::default(),
            teams: TeamRules::default(),
            limits: Limits::default(),
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

    /// What decides between equals where every place is taken once.
    #[must_use]
    pub fn tie_break(&self) -> TieBreak {
        self.tie_break
    }

    /// What those get who end level.
    #[must_use]
    pub fn tied_prizes(&self) -> TiedPrizes {
        self.tied_prizes
    }

    /// What is shared out among the placed, besides what each placement is worth.
    #[must_use]
    pub fn pools(&self) -> &Pools {
        &self.pools
    }

    /// What the members of a team get of its prize.
    #[must_use]
    pub fn teams(&self) -> TeamRules {
        self.teams
    }

    /// Bounds on what one player gets.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
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

    /// Names the policy: equal documents have equal hashes.
    #[must_use]
    pub fn hash(&self) -> Hash256 {
        let mut hasher = Hasher::new("policy");
        hasher.bytes(self.to_document().to_string().as_bytes());
        hasher.finish()
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
