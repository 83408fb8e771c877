//! What reading outside a transaction returns.

use std::collections::BTreeMap;

use domain::{
    Award, BadgeType, Career, Cause, Currency, Evidence, LevelChange, NewBadge, NumberedStep,
    Player, PlayerId, Progress, SkillName, SkillStep, TournamentId,
};

use super::CorrectionRef;
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
    /// XP that has been posted.
    pub xp_paid: i64,
    /// Credits that have been posted, less the debts that were made of them.
    pub credits_paid: i64,
}

/// A correction of a tournament, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRecord {
    /// Of which tournament.
    pub tournament: TournamentId,
    /// The revision that it has made: 1 for the first.
    pub revision: u32,
    /// Why, in the words of whoever corrected.
    pub reason: String,
    /// When.
    pub corrected_at: Timestamp,
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
    /// Whether the player can have it only once, whatever the tournament.
    pub once_in_a_life: bool,
    /// When.
    pub earned_at: Timestamp,
    /// What took it away again, and when; `None` while the player has it.
    pub revoked: Option<(CorrectionRef, Timestamp)>,
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
    /// How it ended, and against whom.
    pub evidence: Evidence,
    /// Every skill that moved.
    pub changes: BTreeMap<SkillName, LevelChange>,
    /// The counters afterwards.
    pub progress: Progress,
    /// When.
    pub taken_at: Timestamp,
}

impl From<StepRecord> for NumberedStep {
    fn from(record: StepRecord) -> Self {
        let StepRecord { player, seq, tournament, revision, evidence, changes, progress, .. } =
            record;
        let step = SkillStep { player, tournament, revision, evidence, changes, progress };
        Self { seq, step }
    }
}

/// The part of a player's history that a correction of `id` takes again, out of the step before it
/// and all that came after; `None` where there is no step of the tournament.
#[must_use]
pub fn career(
    id: TournamentId,
    steps: Vec<StepRecord>,
    badges: impl IntoIterator<Item = BadgeRecord>,
) -> Option<Career> {
    let place = steps.iter().position(|it| it.tournament == id)?;
    let before = place.checked_sub(1).map_or_else(Progress::default, |it| steps[it].progress);
    Some(Career { before, ..history(steps.into_iter().skip(place), badges) })
}

/// A player's history, out of steps and badges.
#[must_use]
pub fn history(
    steps: impl IntoIterator<Item = StepRecord>,
    badges: impl IntoIterator<Item = BadgeRecord>,
) -> Career {
    let (revoked, badges): (Vec<_>, Vec<_>) =
        badges.into_iter().partition(|it| it.revoked.is_some());
    Career {
        before: Progress::default(),
        steps: steps.into_iter().map(NumberedStep::from).collect(),
        badges: badges.into_iter().map(NewBadge::from).collect(),
        revoked: revoked.into_iter().map(NewBadge::from).collect(),
        reviewed: vec![],
    }
}

impl From<BadgeRecord> for NewBadge {
    fn from(record: BadgeRecord) -> Self {
        let BadgeRecord { player, tournament, badge, once_in_a_life, .. } = record;
        Self { player, tournament, badge, once_in_a_life }
    }
}
