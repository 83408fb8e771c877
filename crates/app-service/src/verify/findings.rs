//! What one check has found so far: everything counted, the first few described.

use std::fmt::Display;

use ports::spi::audit::{AuditScope, Audited};

use super::{CheckReport, Invariant, Outcome, RowName, Violation};

/// What one check has found so far.
#[derive(Debug)]
pub(super) struct Findings {
    rows_checked: u64,
    violations_total: u64,
    violations_max: usize,
    violations: Vec<Violation>,
}

impl Findings {
    pub(super) fn none(scope: &AuditScope) -> Self {
        Self {
            rows_checked: 0,
            violations_total: 0,
            violations_max: scope.faults_max as usize,
            violations: vec![],
        }
    }

    /// What a store's search came to, put into words.
    pub(super) fn of<Fault>(
        scope: &AuditScope,
        audited: &Audited<Fault>,
        describe: impl Fn(&Fault) -> Violation,
    ) -> Self {
        Self::none(scope).and(audited, describe)
    }

    /// The same with another search of the same check.
    pub(super) fn and<Fault>(
        mut self,
        audited: &Audited<Fault>,
        describe: impl Fn(&Fault) -> Violation,
    ) -> Self {
        self.rows_checked += audited.rows_checked;
        self.violations_total += audited.faults_total;
        let room = self.violations_max.saturating_sub(self.violations.len());
        self.violations.extend(audited.faults.iter().take(room).map(describe));
        self
    }

    /// Counts rows that were looked at.
    pub(super) fn looked_at(&mut self, rows: usize) {
        self.rows_checked += rows as u64;
    }

    /// Counts a violation; it is described while there is room.
    pub(super) fn note(&mut self, describe: impl FnOnce() -> Violation) {
        self.violations_total += 1;
        if self.violations.len() < self.violations_max {
            self.violations.push(describe());
        }
    }

    pub(super) fn into_report(self, invariant: Invariant, duration_ms: u64) -> CheckReport {
        let held = self.violations_total == 0;
        CheckReport {
            invariant,
            outcome: if held { Outcome::Held } else { Outcome::Violated },
            rows_checked: self.rows_checked,
            duration_ms,
            violations_total: self.violations_total,
            violations: self.violations,
            unchecked: None,
        }
    }
}

/// Names a row by its table and the columns of its key.
pub(super) fn row(table: &str, key: &[(&str, &dyn Display)]) -> RowName {
    let key: Vec<_> = key.iter().map(|(column, value)| format!("{column}={value}")).collect();
    RowName { table: table.to_owned(), key: key.join(" ") }
}
