//! Rewards by placement.

use serde::Serialize;

use super::Places;

/// What some placements are worth; the first tier that fits a placement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RewardTier {
    /// Which placements.
    #[serde(flatten)]
    pub places: Places,
    /// What each of them gets.
    #[serde(flatten)]
    pub reward: TierReward,
}

/// What one placement is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TierReward {
    /// Base XP.
    pub xp: i64,
    /// Credits.
    pub credits: i64,
    /// Skill points, shared out among the enabled skills by weight.
    pub skill_points: u32,
}

/// The table of RULES.md, section "Reward policy (defaults)".
pub(super) fn standard() -> Vec<RewardTier> {
    let tier = |rank, xp, credits, skill_points| RewardTier {
        places: Places::Range { from: rank, to: Some(rank) },
        reward: TierReward { xp, credits, skill_points },
    };
    vec![tier(1, 500, 100, 10), tier(2, 300, 50, 7), tier(3, 200, 25, 5)]
}
