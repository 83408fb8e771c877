//! What the locks of a database were like.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Waits and holds of every lock, by kind and caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockReport {
    /// The first moment that is counted; all that is stored when `None`.
    #[serde(with = "time::serde::rfc3339::option")]
    pub since: Option<OffsetDateTime>,
    /// One for each kind and caller, in that order.
    pub rows: Vec<LockRow>,
    /// Units of work that were run again, by caller and cause.
    pub retries: Vec<RetryRow>,
    /// Deadlocks that the database resolved.
    pub deadlocks_total: u64,
    /// What the numbers are held against.
    pub thresholds: LockThresholds,
    /// A sentence for each threshold that is exceeded; empty when all is well.
    pub exceeded: Vec<String>,
}

/// One kind of lock, taken by one use case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockRow {
    /// `transaction`, `tournament`, `tournament shared`, `awards` or `players`.
    pub kind: String,
    /// The unit of work that took it: `finalize`, `apply`, `close`, …
    pub caller: String,
    /// How often it was asked for. One statement is one, however many rows it locks, and also when
    /// it gave up: the longest waits are those that end in a timeout.
    pub taken_total: u64,
    /// Rows locked in all.
    pub rows_total: u64,
    /// From asking to having, or to giving up.
    pub wait: Quantiles,
    /// From having to the end of the transaction.
    pub hold: Quantiles,
}

/// The distribution of a duration, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Quantiles {
    /// The median.
    pub p50_ms: f64,
    /// 95 of 100 took no longer.
    pub p95_ms: f64,
    /// 99 of 100 took no longer.
    pub p99_ms: f64,
    /// The longest.
    pub max_ms: f64,
}

/// Units of work of one caller that were run again for one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryRow {
    /// The unit of work.
    pub caller: String,
    /// Why.
    pub cause: String,
    /// How often.
    pub total: u64,
}

/// How long is too long, for a wait or a hold, at the 95th percentile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockThresholds {
    /// For locks on players.
    pub players_p95_max: Duration,
    /// For locks on tournaments, shared or not.
    pub tournament_p95_max: Duration,
    /// Deadlocks that are tolerated.
    pub deadlocks_max: u64,
}

impl Default for LockThresholds {
    /// 200 ms for players, 500 ms for tournaments, no deadlock.
    fn default() -> Self {
        Self {
            players_p95_max: Duration::from_millis(200),
            tournament_p95_max: Duration::from_millis(500),
            deadlocks_max: 0,
        }
    }
}
