//! Verifications that nobody had to run.

use app_service::{
    CheckReport, Invariant, LockReport, LockRow, LockThresholds, Outcome, Quantiles, RetryRow,
    RowName, VerifyReport, Violation,
};
use time::macros::datetime;
use uuid::Uuid;

use super::{Locks, Verification};

/// Everything holds.
pub(crate) fn green() -> VerifyReport {
    VerifyReport {
        run: Uuid::from_u128(1),
        started_at: datetime!(2026-11-30 09:00 UTC),
        finished_at: datetime!(2026-11-30 09:00:01.25 UTC),
        since: None,
        strict: false,
        outcome: Outcome::Held,
        checks: Invariant::ALL.map(held).to_vec(),
    }
}

/// Three balances are wrong, of which one is described, and the constraints could not be read.
pub(crate) fn red() -> VerifyReport {
    let mut report = VerifyReport { outcome: Outcome::Violated, ..green() };
    let balances = &mut report.checks[2];
    balances.outcome = Outcome::Violated;
    balances.violations_total = 3;
    balances.violations = vec![violation("601")];
    let constraints = &mut report.checks[5];
    constraints.outcome = Outcome::Unchecked;
    constraints.rows_checked = 0;
    constraints.unchecked = Some("permission denied for pg_constraint".to_owned());
    report
}

/// A balance that is `found`.
pub(crate) fn violation(found: &str) -> Violation {
    let row = |table: &str, key: &str| RowName { table: table.to_owned(), key: key.to_owned() };
    Violation {
        rows: vec![
            row("accounts", "player_id=ada currency=XP"),
            row("ledger_entries", "player_id=ada currency=XP seq=7"),
        ],
        found: found.to_owned(),
        expected: "600".to_owned(),
        likely_cause: "the balance was changed by hand".to_owned(),
    }
}

/// One lock that was waited for much too long.
pub(crate) fn slow_locks() -> LockReport {
    let quantiles = |p95_ms| Quantiles { p50_ms: 2.0, p95_ms, p99_ms: 310.0, max_ms: 400.0 };
    LockReport {
        since: None,
        rows: vec![LockRow {
            kind: "players".to_owned(),
            caller: "apply".to_owned(),
            taken_total: 1_200,
            rows_total: 48_000,
            wait: quantiles(250.0),
            hold: quantiles(20.0),
        }],
        retries: vec![RetryRow {
            caller: "apply".to_owned(),
            cause: "lock timeout".to_owned(),
            total: 2,
        }],
        deadlocks_total: 0,
        thresholds: LockThresholds::default(),
        exceeded: vec!["players waited for by apply: p95 250 ms, limit 200 ms".to_owned()],
    }
}

/// What a verification said that looked at `locks`, too.
pub(crate) fn verification(report: VerifyReport, locks: Option<Locks>) -> Verification {
    Verification::of("sqlite://cup.db".to_owned(), report, locks, true)
}

fn held(invariant: Invariant) -> CheckReport {
    CheckReport {
        invariant,
        outcome: Outcome::Held,
        rows_checked: 1_500,
        duration_ms: 12,
        violations_total: 0,
        violations: vec![],
        unchecked: None,
    }
}
