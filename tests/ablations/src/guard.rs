//! The guards, by name.

use std::fmt;

/// What stands between the program and paying somebody twice, or not at all. Each can be taken out
/// of a store with [`without`](crate::without).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// Whoever changes or pays a tournament has locked it.
    TournamentLock,
    /// Whoever closes the books waits for all who are still paying.
    ClosingLock,
    /// Only a tournament that nobody has frozen is frozen.
    StatusGate,
    /// The plan that is paid is the one that was previewed.
    PlanHash,
    /// An award is claimed by one worker at a time.
    Claim,
    /// An award that is applied stays applied.
    AppliedIsFinal,
    /// The award is marked in the transaction that pays it.
    OneTransaction,
    /// Whoever writes what a player owns has locked the player.
    PlayerLock,
    /// Players are locked in one order.
    LockOrder,
    /// One cause makes one key, and one key one entry.
    IdempotencyKey,
    /// A balance moves only by entries that are new.
    LedgerBeforeBalance,
    /// A balance is moved, not set.
    AtomicMove,
    /// Nobody spends what is not there.
    Floor,
    /// A hold ends once, in whatever way.
    HoldEndsOnce,
    /// All ways to end a hold have one key.
    EndKey,
    /// A badge that is had already is an answer, not a refusal.
    BadgeOrExisting,
    /// A level that was reached already is an answer, not a refusal.
    LevelOrExisting,
    /// A step that was taken already is not taken again.
    StepOrExisting,
    /// A step touches only the skills of its tournament.
    StepTouchesItsSkills,
    /// An assessment that was heard already is not heard again.
    AssessmentOrExisting,
    /// An assessment touches only the skill that it is of.
    AssessmentTouchesItsSkill,
    /// The books close only when nobody is owed anything.
    BooksCloseWhenPaid,
    /// A change of a tournament that was made without knowing the one before is refused.
    ChangeNumber,
    /// What a transaction has refused, it does not commit.
    DeadAfterRefusal,
    /// A commit without an answer is unknown, never done.
    CommitUnknown,
    /// A caller knows its own commit again.
    LastCommit,
    /// One bad participant costs one participant.
    Isolation,
    /// What a correction pays has a key of its own.
    RevisionInKey,
    /// A correction pays what is owed less what was paid.
    PaidIsSubtracted,
    /// An applied award that is planned as before stays applied.
    PlannedAsBefore,
    /// Badges are taken away before others are awarded.
    RevokedFirst,
    /// A level that was reached is not reached again, whatever the XP do.
    HighWaterMark,
    /// Whoever holds a rule against the past has locked it.
    RuleLock,
    /// A rule judges a player's past once.
    ReviewedOnce,
    /// A rule that has judged everybody is done.
    FinishedIsFinal,
    /// How far a rule has come is recorded in the transaction that gives its badges.
    PageInOneTransaction,
}

impl Guard {
    /// All of them, in the order in which a tournament meets them.
    pub const ALL: [Self; 36] = [
        Self::TournamentLock,
        Self::ClosingLock,
        Self::StatusGate,
        Self::PlanHash,
        Self::Claim,
        Self::AppliedIsFinal,
        Self::OneTransaction,
        Self::PlayerLock,
        Self::LockOrder,
        Self::IdempotencyKey,
        Self::LedgerBeforeBalance,
        Self::AtomicMove,
        Self::Floor,
        Self::HoldEndsOnce,
        Self::EndKey,
        Self::BadgeOrExisting,
        Self::LevelOrExisting,
        Self::StepOrExisting,
        Self::StepTouchesItsSkills,
        Self::AssessmentOrExisting,
        Self::AssessmentTouchesItsSkill,
        Self::BooksCloseWhenPaid,
        Self::ChangeNumber,
        Self::DeadAfterRefusal,
        Self::CommitUnknown,
        Self::LastCommit,
        Self::Isolation,
        Self::RevisionInKey,
        Self::PaidIsSubtracted,
        Self::PlannedAsBefore,
        Self::RevokedFirst,
        Self::HighWaterMark,
        Self::RuleLock,
        Self::ReviewedOnce,
        Self::FinishedIsFinal,
        Self::PageInOneTransaction,
    ];

    /// The races that it closes.
    #[must_use]
    pub fn races(self) -> &'static str {
        match self {
            Self::TournamentLock | Self::ClosingLock | Self::ChangeNumber => "R01 R03",
            Self::StatusGate | Self::PlanHash => "R01",
            Self::Claim | Self::AppliedIsFinal | Self::PaidIsSubtracted | Self::PlannedAsBefore => {
                "R02 R03"
            }
            Self::PlayerLock => "R04 R05 R07 S02 S03",
            Self::LockOrder | Self::LedgerBeforeBalance | Self::AtomicMove | Self::Floor => "R07",
            Self::IdempotencyKey | Self::HoldEndsOnce | Self::EndKey | Self::RevisionInKey => "R06",
            Self::BadgeOrExisting
            | Self::LevelOrExisting
            | Self::RevokedFirst
            | Self::RuleLock
            | Self::ReviewedOnce
            | Self::FinishedIsFinal
            | Self::PageInOneTransaction => "R05",
            Self::HighWaterMark => "R05 R06",
            Self::StepOrExisting => "R04 S01 S05",
            Self::StepTouchesItsSkills => "R04 S03",
            Self::AssessmentOrExisting | Self::AssessmentTouchesItsSkill => "R04 S02",
            Self::BooksCloseWhenPaid => "R01 R02",
            Self::OneTransaction
            | Self::DeadAfterRefusal
            | Self::CommitUnknown
            | Self::LastCommit => "R02 R06",
            Self::Isolation => "–",
        }
    }
}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TournamentLock => "tournament lock",
            Self::ClosingLock => "closing lock",
            Self::StatusGate => "status gate",
            Self::PlanHash => "plan hash",
            Self::Claim => "claim",
            Self::AppliedIsFinal => "applied is final",
            Self::OneTransaction => "one transaction",
            Self::PlayerLock => "player lock",
            Self::LockOrder => "lock order",
            Self::IdempotencyKey => "idempotency key",
            Self::LedgerBeforeBalance => "ledger before balance",
            Self::AtomicMove => "atomic move",
            Self::Floor => "floor",
            Self::HoldEndsOnce => "hold ends once",
            Self::EndKey => "end key",
            Self::BadgeOrExisting => "badge or existing",
            Self::LevelOrExisting => "level or existing",
            Self::StepOrExisting => "step or existing",
            Self::StepTouchesItsSkills => "step touches its skills",
            Self::AssessmentOrExisting => "assessment or existing",
            Self::AssessmentTouchesItsSkill => "assessment touches its skill",
            Self::BooksCloseWhenPaid => "books close when paid",
            Self::ChangeNumber => "change number",
            Self::DeadAfterRefusal => "dead after refusal",
            Self::CommitUnknown => "commit unknown",
            Self::LastCommit => "last commit",
            Self::Isolation => "isolation",
            Self::RevisionInKey => "revision in key",
            Self::PaidIsSubtracted => "paid is subtracted",
            Self::PlannedAsBefore => "planned as before",
            Self::RevokedFirst => "revoked first",
            Self::HighWaterMark => "high-water mark",
            Self::RuleLock => "rule lock",
            Self::ReviewedOnce => "reviewed once",
            Self::FinishedIsFinal => "finished is final",
            Self::PageInOneTransaction => "page in one transaction",
        })
    }
}
