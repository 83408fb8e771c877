//! What outcomes are worth under a policy.

use std::collections::BTreeMap;

use super::{RewardPolicy, RewardTier, TierReward, Treatment};
use crate::{
    Outcome, Reward, SkillCategory, SkillName, Tenths,
    skill_points::{bonus_xp, skill_points},
};

impl RewardPolicy {
    /// Whether the policy grants `outcome` anything at all, if only that it counts as taking part.
    #[must_use]
    pub fn grants(&self, outcome: Outcome) -> bool {
        let treatment = match outcome {
            Outcome::Placed(_) => return true,
            Outcome::Unplaced => self.absence.unplaced,
            Outcome::Disqualified => self.absence.disqualified,
            Outcome::Absent => self.absence.absent,
        };
        treatment == Treatment::Participation
    }

    /// What `outcome` is worth in a field of `field_size`, pools and ties left out; `None` when the
    /// policy [grants](Self::grants) it nothing.
    #[must_use]
    pub fn worth(&self, outcome: Outcome, field_size: u32) -> Option<TierReward> {
        let worth = match outcome.placement() {
            Some(placement) => self.worth_of_rank(placement.rank(), field_size),
            None => self.participation,
        };
        self.grants(outcome).then_some(worth)
    }

    /// The amounts that `outcome` earns by itself in a field of `field_size`: the placement's, and XP
    /// for the skill points. What others have to do with it, in pools, ties and teams, the
    /// [planner](crate::RewardPlanner) knows.
    #[must_use]
    pub fn reward(&self, outcome: Outcome, field_size: u32) -> Reward {
        self.worth(outcome, field_size).map_or_else(Reward::default, |it| self.reward_of(it))
    }

    /// The amounts that one placement pays which is worth `worth`.
    pub(crate) fn reward_of(&self, worth: TierReward) -> Reward {
        let points = self.skill_points(worth.skill_points);
        let bonus = points.iter().map(|(skill, points)| {
            let category = self.skills.get(*skill).map_or(SkillCategory::None, |it| it.category);
            bonus_xp(*points, self.rates.rate(category))
        });
        Reward { xp_base: worth.xp, xp_bonus: bonus.sum(), credits: worth.credits }
    }

    /// What `base` skill points are for each skill.
    #[must_use]
    pub fn skill_points(&self, base: u32) -> BTreeMap<&SkillName, Tenths> {
        let weights = self.enabled_skills().map(|(_, rule)| rule.weight);
        self.enabled_skills().map(|(name, _)| name).zip(skill_points(weights, base)).collect()
    }

    /// What a placement is worth in a field of `field_size`.
    pub(crate) fn worth_of_rank(&self, rank: u32, field_size: u32) -> TierReward {
        let fits = |it: &&RewardTier| it.places.in_field(field_size).contains(&rank);
        self.tiers.iter().find(fits).map_or(self.participation, |it| it.reward)
    }

    /// The last placement behind which all are worth the same, in a field of `field_size`.
    pub(crate) fn last_tier_change(&self, field_size: u32) -> u32 {
        let changes = self.tiers.iter().map(|it| it.places.last_change(field_size));
        changes.max().unwrap_or(0).min(field_size)
    }
}
