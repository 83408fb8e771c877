//! Why a store said no.
//!
//! Variants are named by what the caller does next, not by what the driver said; the driver's own
//! words stay reachable through `source()`.

use domain::{IllegalTransition, PlayerId, TournamentId};
use thiserror::Error;

/// What a driver said, whatever its type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The store failed; the request may be fine.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing was written: run the whole unit of work again.
    #[error("{cause} during {during}")]
    Transient {
        /// What happened.
        cause: TransientCause,
        /// The step that was under way.
        during: &'static str,
        /// The driver's words.
        #[source]
        source: BoxError,
    },

    /// The commit was sent and the answer never came. Run the whole unit of work again: the
    /// idempotency keys and the awards' states find out which it was.
    #[error("the outcome of a commit is unknown")]
    CommitUnknown {
        /// The driver's words.
        #[source]
        source: BoxError,
    },

    /// A stored row breaks a rule, or a write would. Retrying cannot help; a person must look.
    #[error("corrupt {table}: {rule}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The broken rule, as a sentence or a constraint's name.
        rule: String,
        /// The driver's words, where a driver noticed.
        #[source]
        source: Option<BoxError>,
    },

    /// The caller broke the contract; nothing was written. A fault in the calling program.
    #[error("{rule}")]
    Invalid {
        /// The broken clause, as a sentence.
        rule: &'static str,
    },

    /// The store cannot be used as it is: unreachable, without its schema, without permission.
    #[error("store unusable during {during}")]
    Unusable {
        /// The step that was under way.
        during: &'static str,
        /// The driver's words.
        #[source]
        source: BoxError,
    },
}

/// Why a unit of work is worth another try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TransientCause {
    /// Two transactions waited for each other; this one gave way.
    Deadlock,
    /// The database could not put the transaction in a serial order.
    Serialization,
    /// A lock was not to be had in time.
    LockTimeout,
    /// The database file is being written by somebody else.
    Busy,
    /// The connection died before the commit was sent.
    ConnectionLost,
    /// Every connection of the pool was in use for too long.
    PoolExhausted,
    /// The statement took longer than the database allows, or somebody cancelled it.
    Cancelled,
    /// The database takes no writes: a standby, until a failover is over.
    ReadOnly,
}

/// A row could not be locked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LockError {
    /// There is no such tournament; nothing is locked.
    #[error("there is no tournament {0}")]
    NoTournament(TournamentId),

    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A tournament could not be moved on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AdvanceError {
    /// The status machine has no such arrow. Nothing was written.
    #[error(transparent)]
    Illegal(#[from] IllegalTransition),

    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The stored state of one player breaks a rule. It costs that player alone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("corrupt {table} row of player {player}: {rule}")]
pub struct CorruptPlayer {
    /// Whose row.
    pub player: PlayerId,
    /// The table.
    pub table: &'static str,
    /// The broken rule, as a sentence.
    pub rule: String,
}

/// Errors that know whether the whole unit of work is worth another try.
pub trait Retryable {
    /// What to try again for; `None` when trying again cannot help.
    fn retry(&self) -> Option<Retry>;
}

/// Why a unit of work is run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retry {
    /// Nothing was written.
    Transient(TransientCause),
    /// Perhaps everything was written; running again finds out.
    CommitUnknown,
}

impl Retryable for StoreError {
    fn retry(&self) -> Option<Retry> {
        match self {
            Self::Transient { cause, .. } => Some(Retry::Transient(*cause)),
            Self::CommitUnknown { .. } => Some(Retry::CommitUnknown),
            Self::Corrupt { .. } | Self::Invalid { .. } | Self::Unusable { .. } => None,
        }
    }
}

impl Retryable for LockError {
    fn retry(&self) -> Option<Retry> {
        match self {
            Self::NoTournament(_) => None,
            Self::Store(it) => it.retry(),
        }
    }
}

impl Retryable for AdvanceError {
    fn retry(&self) -> Option<Retry> {
        match self {
            Self::Illegal(_) => None,
            Self::Store(it) => it.retry(),
        }
    }
}

impl TransientCause {
    /// A word for logs and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deadlock => "deadlock",
            Self::Serialization => "serialization failure",
            Self::LockTimeout => "lock timeout",
            Self::Busy => "database busy",
            Self::ConnectionLost => "connection lost",
            Self::PoolExhausted => "connection pool exhausted",
            Self::Cancelled => "statement cancelled",
            Self::ReadOnly => "database read-only",
        }
    }
}

impl Retry {
    /// A word for logs and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transient(cause) => cause.as_str(),
            Self::CommitUnknown => "commit outcome unknown",
        }
    }
}

impl std::fmt::Display for Retry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for TransientCause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
