//! What happened to a player, for whoever listens.

mod data;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Assessment, ChargeMove, ChargeStep, History, IdempotencyKey, NewBadge, PlayerId, Settlement,
    TournamentId,
};

/// Something that happened to a player, as it is told: once, when it happened, and never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerEvent {
    /// To whom.
    pub player: PlayerId,
    /// What.
    pub kind: PlayerEventKind,
    /// The tournament behind it, and the revision of its award; not for what no tournament does.
    pub award: Option<(TournamentId, u32)>,
    /// The particulars: a JSON object.
    pub data: String,
}

/// What can happen to a player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlayerEventKind {
    /// An award was paid for the first time.
    RewardPaid,
    /// The difference that a correction makes was paid.
    RewardCorrected,
    /// Credits were spent.
    ChargeSpent,
    /// Credits were set aside.
    ChargeHeld,
    /// What was set aside was charged for good.
    ChargeSettled,
    /// What was set aside came back.
    ChargeReleased,
    /// What was set aside came back because nobody settled it in time.
    ChargeExpired,
    /// Some of what was charged came back.
    ChargeRefunded,
    /// Coaches said what they think of skills.
    SkillsAssessed,
    /// A rule that was held against the past gave badges.
    BadgesAwarded,
}

/// What of some settlements had been recorded before: it happened then, and is not told of again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replays {
    /// Entries, by their keys.
    pub entries: BTreeSet<IdempotencyKey>,
    /// Levels, of whom.
    pub levels: BTreeSet<(PlayerId, u32)>,
    /// Badges.
    pub badges: BTreeSet<NewBadge>,
}

impl PlayerEvent {
    /// An award was applied to its player, but for what is among the `replays`.
    #[must_use]
    pub fn rewarded(tournament: TournamentId, settlement: &Settlement, replays: &Replays) -> Self {
        let kind = match settlement.history {
            History::Continued(_) => PlayerEventKind::RewardPaid,
            History::Retaken { .. } => PlayerEventKind::RewardCorrected,
        };
        Self {
            player: settlement.player,
            kind,
            award: Some((tournament, settlement.paid.revision)),
            data: data::of_reward(tournament, settlement, replays),
        }
    }

    /// A charge began or moved on.
    #[must_use]
    pub fn charged(moved: &ChargeMove) -> Self {
        let kind = PlayerEventKind::of_charge(moved.step);
        Self { player: moved.after.player, kind, award: None, data: data::of_charge(moved) }
    }

    /// Coaches were heard: one event for each player, in ascending id.
    #[must_use]
    pub fn assessed<'a>(words: impl IntoIterator<Item = &'a Assessment>) -> Vec<Self> {
        let by_player = by_player(words, |it| it.player);
        let event = |(player, words): (_, Vec<&Assessment>)| Self {
            player,
            kind: PlayerEventKind::SkillsAssessed,
            award: None,
            data: data::of_assessments(&words),
        };
        by_player.into_iter().map(event).collect()
    }

    /// A rule that was held against the past gave badges: one event for each player, in ascending
    /// id.
    #[must_use]
    pub fn badges_given<'a>(badges: impl IntoIterator<Item = &'a NewBadge>) -> Vec<Self> {
        let by_player = by_player(badges, |it| it.player);
        let event = |(player, badges): (_, Vec<&NewBadge>)| Self {
            player,
            kind: PlayerEventKind::BadgesAwarded,
            award: None,
            data: data::of_badges(&badges),
        };
        by_player.into_iter().map(event).collect()
    }
}

fn by_player<'a, T>(
    all: impl IntoIterator<Item = &'a T>,
    player: impl Fn(&T) -> PlayerId,
) -> BTreeMap<PlayerId, Vec<&'a T>> {
    let mut by_player = BTreeMap::<_, Vec<_>>::new();
    for one in all {
        by_player.entry(player(one)).or_default().push(one);
    }
    by_player
}

impl PlayerEventKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::RewardPaid,
        Self::RewardCorrected,
        Self::ChargeSpent,
        Self::ChargeHeld,
        Self::ChargeSettled,
        Self::ChargeReleased,
        Self::ChargeExpired,
        Self::ChargeRefunded,
        Self::SkillsAssessed,
        Self::BadgesAwarded,
    ];

    /// The name as stored and published.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RewardPaid => "reward.paid",
            Self::RewardCorrected => "reward.corrected",
            Self::ChargeSpent => "charge.spent",
            Self::ChargeHeld => "charge.held",
            Self::ChargeSettled => "charge.settled",
            Self::ChargeReleased => "charge.released",
            Self::ChargeExpired => "charge.expired",
            Self::ChargeRefunded => "charge.refunded",
            Self::SkillsAssessed => "skills.assessed",
            Self::BadgesAwarded => "badges.awarded",
        }
    }

    fn of_charge(step: ChargeStep) -> Self {
        match step {
            ChargeStep::Spend => Self::ChargeSpent,
            ChargeStep::Hold => Self::ChargeHeld,
            ChargeStep::Settle => Self::ChargeSettled,
            ChargeStep::Release => Self::ChargeReleased,
            ChargeStep::Expire => Self::ChargeExpired,
            ChargeStep::Refund(_) => Self::ChargeRefunded,
        }
    }
}
