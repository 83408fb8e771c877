//! What one participant is owed for one tournament.

use std::ops::{Add, Mul};

use serde::{Deserialize, Serialize};

use crate::{MatchRecord, Measured, Membership, Outcome, PlayerId, TenThousandths};

/// The amounts of an award, with the breakdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reward {
    /// XP of the placement.
    pub xp_base: i64,
    /// XP that the skill points convert to.
    pub xp_bonus: i64,
    /// Credits of the placement.
    pub credits: i64,
}

/// What the plan froze about a participant: all that applying may read of the tournament.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// How it ended.
    pub outcome: Outcome,
    /// Competing participants, or teams.
    pub field_size: u32,
    /// How strong the others were, 0.5 to 2.
    pub opponent_factor: TenThousandths,
    /// How the matches went, -1 to 1.
    pub match_modifier: TenThousandths,
    /// The matches.
    #[serde(default, skip_serializing_if = "MatchRecord::is_empty")]
    pub record: MatchRecord,
    /// What the place was won with, where the field was ranked by a measured value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
}

/// One participant's award as the plan makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedAward {
    /// Who is owed.
    pub player: PlayerId,
    /// The team that the player competed for, in a tournament whose placements belong to teams.
    pub team: Option<Membership>,
    /// Why.
    pub evidence: Evidence,
    /// How much.
    pub reward: Reward,
}

/// One participant's award as stored: the queue, the record and the guard in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// What is owed, and why.
    pub planned: PlannedAward,
    /// Whether it has been paid.
    pub state: AwardState,
    /// What has been posted for it by now; `None` before anything was applied.
    pub paid: Option<Paid>,
}

/// What has been posted for an award, by all of its revisions together.
///
/// An applied award is paid what it is owed. It is paid more only where a correction has taken back
/// what the player had spent, under a policy that [forgives](crate::Clawback::Forgive).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// The last revision that was applied; the player's step of this tournament has the same.
    pub revision: u32,
    /// XP, in whole units.
    pub xp: i64,
    /// Credits, less the debt that was made of them.
    pub credits: i64,
}

/// Whether an award has been paid. It changes in the transaction that pays, never apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwardState {
    /// Frozen and waiting.
    Pending,
    /// Paid, with everything that belongs to it.
    Applied,
    /// Could not be paid; nothing of it was.
    Failed {
        /// What was in the way.
        reason: String,
    },
}

impl Add for Reward {
    type Output = Self;

    /// Amount by amount; what is too large for 64 bits stays at their end.
    fn add(self, other: Self) -> Self {
        Self {
            xp_base: self.xp_base.saturating_add(other.xp_base),
            xp_bonus: self.xp_bonus.saturating_add(other.xp_bonus),
            credits: self.credits.saturating_add(other.credits),
        }
    }
}

impl Mul<u32> for Reward {
    type Output = Self;

    /// So many times each amount; what is too large for 64 bits stays at their end.
    fn mul(self, times: u32) -> Self {
        let times = i64::from(times);
        Self {
            xp_base: self.xp_base.saturating_mul(times),
            xp_bonus: self.xp_bonus.saturating_mul(times),
            credits: self.credits.saturating_mul(times),
        }
    }
}

impl Reward {
    /// All XP that the award pays. Policies bound both parts, so that the sum cannot overflow.
    #[must_use]
    pub fn xp(&self) -> i64 {
        self.xp_base.saturating_add(self.xp_bonus)
    }
}

impl AwardState {
    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Applied => "applied",
            Self::Failed { .. } => "failed",
        }
    }
}
