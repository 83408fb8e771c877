//! What a verification was asked, and what it found.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Invariant;

/// What a caller of verify may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifyOptions {
    /// Check only what belongs to tournaments and players of whom anything was recorded since (a
    /// change, an applied award, an entry, a badge, a step, an assessment); everything when `None`.
    /// Guards and open books are checked whole all the same: what is missing or overdue is what
    /// nothing was recorded of.
    pub since: Option<OffsetDateTime>,
    /// Report what is allowed but needs a person, too: awards that failed.
    pub strict: bool,
    /// An award that has been pending for longer is a violation.
    pub pending_max: Duration,
    /// Violations described for each invariant; the rest are counted.
    pub violations_max: usize,
    /// Checks that run at the same time, at least one; each takes a connection. More than one pays where
    /// the server has processors to spare. On SQLite leave it at one: who writes there waits for more
    /// readers.
    pub checks_at_once: usize,
}

/// How a check, or all of them, ended. Ordered: the worst of several is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Looked at, and it holds.
    Held,
    /// Could not be looked at.
    Unchecked,
    /// Does not hold.
    Violated,
}

/// What one verification found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[must_use = "a violation means that somebody was paid wrongly"]
pub struct VerifyReport {
    /// Names this run.
    pub run: Uuid,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub started_at: OffsetDateTime,
    /// When it ended.
    #[serde(with = "time::serde::rfc3339")]
    pub finished_at: OffsetDateTime,
    /// Only what changed since was looked at.
    #[serde(with = "time::serde::rfc3339::option")]
    pub since: Option<OffsetDateTime>,
    /// Whether failed awards count as violations.
    pub strict: bool,
    /// The worst of all checks.
    pub outcome: Outcome,
    /// One for each invariant, in the order of [`Invariant::ALL`].
    pub checks: Vec<CheckReport>,
}

/// What became of one invariant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Which.
    pub invariant: Invariant,
    /// How it ended.
    pub outcome: Outcome,
    /// Rows that were looked at.
    pub rows_checked: u64,
    /// How long that took, in milliseconds.
    pub duration_ms: u64,
    /// All violations, counted.
    pub violations_total: u64,
    /// The first of them, described.
    pub violations: Vec<Violation>,
    /// Why it could not be looked at, if so.
    pub unchecked: Option<String>,
}

/// Rows that break an invariant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The rows, by table and key.
    pub rows: Vec<RowName>,
    /// What is stored.
    pub found: String,
    /// What should be.
    pub expected: String,
    /// What has probably happened.
    pub likely_cause: String,
}

/// A row, by table and key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowName {
    /// The table.
    pub table: String,
    /// The values of its key, as `column=value`, separated by blanks.
    pub key: String,
}

/// An earlier verification, as stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerifyRun {
    /// Its report; of the violations only the first few are stored.
    pub report: VerifyReport,
}

impl Default for VerifyOptions {
    /// Everything, leniently: an hour for a pending award, 20 violations described, one check at a
    /// time.
    fn default() -> Self {
        Self {
            since: None,
            strict: false,
            pending_max: Duration::from_hours(1),
            violations_max: 20,
            checks_at_once: 1,
        }
    }
}

impl VerifyReport {
    /// All violations of all invariants, counted.
    #[must_use]
    pub fn violations_total(&self) -> u64 {
        self.checks.iter().map(|it| it.violations_total).sum()
    }
}
