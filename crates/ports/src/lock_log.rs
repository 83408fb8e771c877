//! How long locks were waited for and held.

use std::{fmt, sync::Mutex, time::Duration};

/// What is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LockKind {
    Tournament,
    TournamentShared,
    Awards,
    Players,
}

/// The locks of one unit of work, reported when it ends.
#[derive(Debug, Default)]
pub(crate) struct LockLog(Mutex<Vec<HeldLock>>);

#[derive(Debug, Clone, Copy)]
struct HeldLock {
    kind: LockKind,
    rows: usize,
    since: Duration,
}

impl LockLog {
    /// Notes a lock that was asked for at `asked` and had at `since`.
    pub(crate) fn had(&self, kind: LockKind, rows: usize, asked: Duration, since: Duration) {
        let wait_us = micros(since.saturating_sub(asked));
        tracing::debug!(target: "guerdon::lock", lock = %kind, rows, wait_us, "lock had");
        if let Ok(mut held) = self.0.lock() {
            held.push(HeldLock { kind, rows, since });
        }
    }

    /// Reports every lock as let go at `now`.
    pub(crate) fn let_go(&self, now: Duration) {
        let held = self.0.lock().map(|mut it| std::mem::take(&mut *it)).unwrap_or_default();
        for HeldLock { kind, rows, since } in held {
            let hold_us = micros(now.saturating_sub(since));
            tracing::debug!(target: "guerdon::lock", lock = %kind, rows, hold_us, "lock let go");
        }
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl fmt::Display for LockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tournament => "tournament",
            Self::TournamentShared => "tournament shared",
            Self::Awards => "awards",
            Self::Players => "players",
        })
    }
}
