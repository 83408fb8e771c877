//! Rows that break a rule, with the numbers that show it.

use domain::{Cause, ChargeId, PlayerId, TournamentId, TournamentStatus};

use crate::Timestamp;

/// A participant who has more than one award of a tournament.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RepeatedAward {
    /// Of which tournament.
    pub tournament: TournamentId,
    /// Whose.
    pub player: PlayerId,
    /// How many.
    pub copies: u64,
}

/// A badge that a player has more than once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RepeatedBadge {
    /// Who.
    pub player: PlayerId,
    /// The type, as stored.
    pub badge: String,
    /// Of which tournament; `None` for a badge of a life, had in more than one.
    pub tournament: Option<TournamentId>,
    /// How often.
    pub copies: u64,
}

/// An entry that does not follow from the one before in its account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenEntry {
    /// Whose.
    pub player: PlayerId,
    /// Of which account, as stored.
    pub currency: String,
    /// Its number.
    pub seq: i64,
    /// What it moved.
    pub amount: i64,
    /// What it says that it left.
    pub balance_after: i64,
    /// The number of the one before; 0 when there is none.
    pub seq_before: i64,
    /// What the one before left; 0 when there is none.
    pub balance_before: i64,
}

/// An account beside its ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnbalancedAccount {
    /// Whose.
    pub player: PlayerId,
    /// Which, as stored.
    pub currency: String,
    /// Balance and number of the last entry, as the account says; `None` when it is missing.
    pub account: Option<(i64, i64)>,
    /// Sum of the entries and number of the last one; zeros when there are none.
    pub ledger: (i64, i64),
}

/// A participant whose ledger does not pay what the award says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MispaidAward {
    /// Of which tournament.
    pub tournament: TournamentId,
    /// Whose.
    pub player: PlayerId,
    /// State and revision of the award, as stored; `None` when there is none.
    pub award: Option<(String, i64)>,
    /// What is owed by now, in XP and credits: nothing while the award is not applied.
    pub owed: (i64, i64),
    /// What the award says has been posted for it, in XP and credits.
    pub booked: (i64, i64),
    /// Sums of the entries of the award and its corrections, in XP and credits; what was repaid of a
    /// debt is paid, and what is owed is not.
    pub paid: (i64, i64),
    /// How many of them, in XP and credits.
    pub entries: (u64, u64),
}

/// A charge for which the ledger has taken something else than it says, or a hold that is overdue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mischarged {
    /// Whose.
    pub player: PlayerId,
    /// Which charge.
    pub charge: ChargeId,
    /// Its state, as stored; `None` when there are entries of it and no charge.
    pub state: Option<String>,
    /// What should have been taken for it, all in all.
    pub says: i64,
    /// What the ledger has taken, less what it has given back or repaid a debt with.
    pub taken: i64,
    /// When it was to expire, if it is held and that is too long ago.
    pub overdue_since: Option<Timestamp>,
}

/// An idempotency key that a player has more than one entry of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RepeatedKey {
    /// Whose.
    pub player: PlayerId,
    /// The key, as stored.
    pub key: String,
    /// How many entries.
    pub copies: u64,
}

/// An entry without a key, or under one that its cause does not make.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForgedKey {
    /// Whose account.
    pub player: PlayerId,
    /// Which account, as stored.
    pub currency: String,
    /// The number of the entry.
    pub seq: i64,
    /// Why it exists; `None` when that cannot be read.
    pub cause: Option<Cause>,
    /// The key, as stored; empty when there is none.
    pub key: String,
}

/// A constraint, an index or a column that is not there as the schema made it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaultyGuard {
    /// Of which table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Its definition.
    pub expected: String,
    /// What is there under this name; `None` when nothing is.
    pub found: Option<String>,
}

/// A tournament whose status does not fit what it still owes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenBooks {
    /// Which.
    pub tournament: TournamentId,
    /// Where it says that it stands, or why that cannot be read.
    pub status: Result<TournamentStatus, String>,
    /// Awards that are pending.
    pub pending: u64,
    /// Awards that failed.
    pub failed: u64,
    /// The first participant who is owed.
    pub first_owed: Option<PlayerId>,
    /// When its plan was frozen.
    pub frozen_at: Timestamp,
}

/// An award with more or fewer skill steps than it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepMismatch {
    /// Of which tournament.
    pub tournament: TournamentId,
    /// Whose.
    pub player: PlayerId,
    /// Of which revision.
    pub revision: i64,
    /// Whether there is an award of this revision at all.
    pub awarded: bool,
    /// Steps that it is due: one of the revision that was applied last.
    pub due: u64,
    /// Steps that are stored.
    pub steps: u64,
}

/// Events that do not tell what happened to a player, once and in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EventMismatch {
    /// Whose.
    pub player: PlayerId,
    /// The award that is told of otherwise than once, with its revision; `None` when the numbers of
    /// the player's events are wrong.
    pub award: Option<(TournamentId, i64)>,
    /// How often the award is told of, or the number of the last event, as the player's row has it.
    pub expected: i64,
    /// How often it is; or the last number, or where that is right, how many there are.
    pub found: i64,
}

/// A level beside the mark that it leaves, or the credits that it pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LevelMismatch {
    /// Whose.
    pub player: PlayerId,
    /// Which level was paid otherwise than it says; `None` when the player's mark is wrong.
    pub level: Option<i64>,
    /// The credits that it says, or the last level that was reached.
    pub expected: i64,
    /// The credits that were posted for it; or the mark, or where that is right, how many levels
    /// were reached.
    pub found: i64,
}
