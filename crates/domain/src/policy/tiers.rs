//! Rewards by placement.

use serde::Serialize;

/// What a range of placements is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RewardTier {
    /// Best placement of the range.
    pub from: u32,
    /// Last placement of the range.
    pub to: u32,
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
        from: rank,
        to: rank,
        reward: TierReward { xp, credits, skill_points },
    };
    vec![tier(1, 500, 100, 10), tier(2, 300, 50, 7), tier(3, 200, 25, 5)]
}
