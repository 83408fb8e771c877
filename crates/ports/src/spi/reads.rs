//! What reading outside a transaction returns.

use std::collections::BTreeMap;

use domain::{
    Award, BadgeType, Cause, Currency, LevelChange, Player, PlayerId, SkillName, TournamentId,
};

use crate::{CorruptPlayer, Timestamp};

/// A player with the names people use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerRecord {
    /// Who.
    pub id: PlayerId,
    /// The natural identity.
    pub key: String,
    /// What people call the player.
    pub name: String,
    /// What the player owns.
    pub state: Result<Player, CorruptPlayer>,
}

/// An award as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardRecord {
    /// What is owed, why, and whether it has been paid.
    pub award: Award,
    /// When it was applied.
    pub applied_at: Option<Timestamp>,
}

/// All awards of a tournament, counted and added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AwardTotals {
    /// Waiting.
    pub pending: u64,
    /// Paid.
    pub applied: u64,
    /// Not payable.
    pub failed: u64,
    /// XP of the applied ones.
    pub xp_applied: i64,
    /// Credits of the applied ones.
    pub credits_applied: i64,
}

/// A movement as recorded: numbered, append-only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Whose account.
    pub player: PlayerId,
    /// Which account.
    pub currency: Currency,
    /// 1 for the first entry of the account, without gaps.
    pub seq: i64,
    /// What was added, in whole units; never zero.
    pub amount: i64,
    /// What the account held afterwards.
    pub balance_after: i64,
    /// Why it exists.
    pub cause: Cause,
    /// The key, as stored.
    pub idempotency_key: String,
    /// When.
    pub recorded_at: Timestamp,
}

/// A badge as earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeRecord {
    /// Who.
    pub player: PlayerId,
    /// Where.
    pub tournament: TournamentId,
    /// What for.
    pub badge: BadgeType,
    /// When.
    pub earned_at: Timestamp,
}

/// A skill step as taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// Whose skills.
    pub player: PlayerId,
    /// 1 for the player's first step, without gaps.
    pub seq: i64,
    /// The tournament behind it.
    pub tournament: TournamentId,
    /// The revision of the award behind it.
    pub revision: u32,
    /// Every skill that moved.
    pub changes: BTreeMap<SkillName, LevelChange>,
    /// When.
    pub taken_at: Timestamp,
}
