//! Whether everything that must hold does.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a caller of verify may ask for; no body asks for everything, leniently.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// Look only at what has changed since.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub since: Option<OffsetDateTime>,
    /// Count awards that could not be paid as violations.
    #[serde(default)]
    pub strict: bool,
}

/// What one verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verification {
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
    pub outcome: CheckOutcome,
    /// One for each invariant.
    pub checks: Vec<Check>,
}

/// How a check, or all of them, ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// Looked at, and it holds.
    Held,
    /// Could not be looked at.
    Unchecked,
    /// Does not hold.
    Violated,
}

/// What became of one invariant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Check {
    /// Which: `INV-R01`, …
    pub invariant: String,
    /// How it ended.
    pub outcome: CheckOutcome,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowName {
    /// The table.
    pub table: String,
    /// The values of its key, as `column=value`, separated by blanks.
    pub key: String,
}
