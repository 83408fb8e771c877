//! What was counted of locks, by one process or by many.

use std::{borrow::Cow, collections::BTreeMap, time::Duration};

use ports::{Retry, TakenLock};
use serde::{Deserialize, Serialize};

use super::{LockRow, RetryRow, durations::Durations};

/// What was counted of locks. As JSON it is what a logbook keeps: words and numbers, and nobody's
/// name or id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Document", into = "Document")]
pub(super) struct LockTally {
    locks: BTreeMap<(Word, Word), Times>,
    retries: BTreeMap<(Word, Word), u64>,
    deadlocks: u64,
}

/// A kind, a caller or a cause: out of the program's own text, or read back.
type Word = Cow<'static, str>;

#[derive(Debug, Clone, Default, PartialEq)]
struct Times {
    rows: u64,
    wait: Durations,
    hold: Durations,
}

/// How a tally is written.
#[derive(Serialize, Deserialize)]
struct Document {
    locks: Vec<LockEntry>,
    retries: Vec<RetryRow>,
    deadlocks: u64,
}

#[derive(Serialize, Deserialize)]
struct LockEntry {
    kind: String,
    caller: String,
    rows: u64,
    wait: Durations,
    hold: Durations,
}

impl LockTally {
    pub(super) fn had(&mut self, lock: TakenLock, wait: Duration) {
        let times = self.times(lock);
        times.rows = times.rows.saturating_add(lock.rows as u64);
        times.wait.record(wait);
    }

    pub(super) fn let_go(&mut self, lock: TakenLock, hold: Duration) {
        self.times(lock).hold.record(hold);
    }

    pub(super) fn run_again(&mut self, caller: &'static str, why: Retry) {
        *self.retries.entry((caller.into(), why.as_str().into())).or_default() += 1;
    }

    pub(super) fn deadlocked(&mut self) {
        self.deadlocks += 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.locks.is_empty() && self.retries.is_empty() && self.deadlocks == 0
    }

    /// Everything that `other` has counted, too.
    pub(super) fn add(&mut self, other: &Self) {
        for (key, theirs) in &other.locks {
            let ours = self.locks.entry(key.clone()).or_default();
            ours.rows = ours.rows.saturating_add(theirs.rows);
            ours.wait.add(&theirs.wait);
            ours.hold.add(&theirs.hold);
        }
        for (key, times) in &other.retries {
            let ours = self.retries.entry(key.clone()).or_default();
            *ours = ours.saturating_add(*times);
        }
        self.deadlocks = self.deadlocks.saturating_add(other.deadlocks);
    }

    pub(super) fn lock_rows(&self) -> Vec<LockRow> {
        let row = |((kind, caller), times): (&(Word, Word), &Times)| LockRow {
            kind: kind.to_string(),
            caller: caller.to_string(),
            taken_total: times.wait.total(),
            rows_total: times.rows,
            wait: times.wait.quantiles(),
            hold: times.hold.quantiles(),
        };
        self.locks.iter().map(row).collect()
    }

    pub(super) fn retry_rows(&self) -> Vec<RetryRow> {
        let row = |((caller, cause), total): (&(Word, Word), &u64)| RetryRow {
            caller: caller.to_string(),
            cause: cause.to_string(),
            total: *total,
        };
        self.retries.iter().map(row).collect()
    }

    pub(super) fn deadlocks_total(&self) -> u64 {
        self.deadlocks
    }

    fn times(&mut self, lock: TakenLock) -> &mut Times {
        self.locks.entry((lock.kind.as_str().into(), lock.caller.into())).or_default()
    }
}

impl From<LockTally> for Document {
    fn from(tally: LockTally) -> Self {
        let retries = tally.retry_rows();
        let entry = |((kind, caller), Times { rows, wait, hold }): ((Word, Word), Times)| {
            LockEntry { kind: kind.into_owned(), caller: caller.into_owned(), rows, wait, hold }
        };
        let locks = tally.locks.into_iter().map(entry).collect();
        Self { locks, retries, deadlocks: tally.deadlocks }
    }
}

impl From<Document> for LockTally {
    fn from(document: Document) -> Self {
        let times = |LockEntry { kind, caller, rows, wait, hold }: LockEntry| {
            ((kind.into(), caller.into()), Times { rows, wait, hold })
        };
        let retry =
            |RetryRow { caller, cause, total }: RetryRow| ((caller.into(), cause.into()), total);
        Self {
            locks: document.locks.into_iter().map(times).collect(),
            retries: document.retries.into_iter().map(retry).collect(),
            deadlocks: document.deadlocks,
        }
    }
}
