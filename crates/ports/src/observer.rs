//! Whoever watches how long locks are waited for and held, and what is run again.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use crate::Retry;

/// Hears of every lock and of every unit of work that is run again.
///
/// It is told in the middle of units of work, so it must return at once: what takes time is done
/// elsewhere. It has no say: it cannot refuse anything, and when it panics, that is logged and the
/// unit of work goes on.
pub trait Observer: Send + Sync + 'static {
    /// A lock was had, `wait` after it was asked for.
    fn had(&self, _lock: TakenLock, _wait: Duration) {}

    /// A lock was not had: the wait for it ended in an error, such as a timeout, after `wait`. No row
    /// of it is known.
    fn gave_up(&self, _lock: TakenLock, _wait: Duration) {}

    /// A lock was let go, `hold` after it was had: its unit of work was committed, rolled back, or
    /// dropped.
    fn let_go(&self, _lock: TakenLock, _hold: Duration) {}

    /// A unit of work is run again.
    fn run_again(&self, _caller: &'static str, _why: Retry) {}

    /// The database resolved a deadlock at the cost of this unit of work, whether it is run again or
    /// not.
    fn deadlocked(&self, _caller: &'static str) {}
}

/// A lock that was taken. One statement is one lock, however many rows it locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenLock {
    /// What was locked.
    pub kind: LockKind,
    /// The unit of work that took it. It is a word of the program's own text, so there are only so
    /// many.
    pub caller: &'static str,
    /// How many rows.
    pub rows: usize,
}

/// What is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LockKind {
    /// A place among those who may have a transaction: a connection, and on SQLite the right to be
    /// the one who writes. Every unit of work takes it, and locks no row by it.
    Transaction,
    /// A tournament, exclusively.
    Tournament,
    /// A tournament, beside others who do the same.
    TournamentShared,
    /// Awards that were claimed.
    Awards,
    /// Players, with all that they own.
    Players,
}

/// Everybody who watches. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Observers(Arc<[Arc<dyn Observer>]>);

impl LockKind {
    /// Every kind, in the order in which one unit of work takes them.
    pub const ALL: [Self; 5] =
        [Self::Transaction, Self::Tournament, Self::TournamentShared, Self::Awards, Self::Players];

    /// A word for logs and metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transaction => "transaction",
            Self::Tournament => "tournament",
            Self::TournamentShared => "tournament shared",
            Self::Awards => "awards",
            Self::Players => "players",
        }
    }

    /// The kind that is called `name`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl fmt::Display for LockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Observers {
    /// These, and `observer`.
    pub(crate) fn and(&self, observer: Arc<dyn Observer>) -> Self {
        Self(self.0.iter().cloned().chain([observer]).collect())
    }

    pub(crate) fn had(&self, lock: TakenLock, wait: Duration) {
        self.tell(|it| it.had(lock, wait));
    }

    pub(crate) fn gave_up(&self, lock: TakenLock, wait: Duration) {
        self.tell(|it| it.gave_up(lock, wait));
    }

    pub(crate) fn let_go(&self, lock: TakenLock, hold: Duration) {
        self.tell(|it| it.let_go(lock, hold));
    }

    pub(crate) fn run_again(&self, caller: &'static str, why: Retry) {
        self.tell(|it| it.run_again(caller, why));
    }

    pub(crate) fn deadlocked(&self, caller: &'static str) {
        self.tell(|it| it.deadlocked(caller));
    }

    /// Nobody who only watches may end a unit of work, nor a process that is unwinding already.
    fn tell(&self, what: impl Fn(&dyn Observer)) {
        for observer in self.0.iter() {
            if catch_unwind(AssertUnwindSafe(|| what(observer.as_ref()))).is_err() {
                tracing::error!("an observer panicked; the unit of work goes on");
            }
        }
    }
}
