//! Bounds on what one player gets.

use serde::Serialize;

use crate::Reward;

/// Bounds on what one player gets. They come last, so that what they add or take is part of no pool
/// and no split.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Of all XP.
    #[serde(skip_serializing_if = "Bounds::are_none")]
    pub xp: Bounds,
    /// Of credits.
    #[serde(skip_serializing_if = "Bounds::are_none")]
    pub credits: Bounds,
}

/// The least and the most of one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// Nobody who gets anything gets less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<i64>,
    /// Nobody gets more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<i64>,
}

impl Limits {
    /// Whether there are none.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// `reward` within the bounds; nothing at all stays nothing.
    ///
    /// A floor raises the XP of the placement; a cap first takes from what skill points have added.
    #[must_use]
    pub fn within(&self, reward: Reward) -> Reward {
        if reward == Reward::default() {
            return reward;
        }
        let xp = self.xp.within(reward.xp());
        let xp_bonus = reward.xp_bonus.min((xp - reward.xp_base).max(0));
        Reward { xp_base: xp - xp_bonus, xp_bonus, credits: self.credits.within(reward.credits) }
    }
}

impl Bounds {
    /// Whether there are none.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    fn within(self, amount: i64) -> i64 {
        let raised = self.floor.map_or(amount, |it| amount.max(it));
        self.cap.map_or(raised, |it| raised.min(it))
    }
}
