//! INV-R06: every constraint and index is live, by its definition.

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, FaultyGuard},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// All of them, whatever `since` says.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.faulty_guards(scope).await?, describe))
}

fn describe(fault: &FaultyGuard) -> Violation {
    let FaultyGuard { table, name, expected, found } = fault;
    let likely_cause = match found {
        None => {
            "It was dropped by hand, for a bulk load perhaps, and never put back. What it keeps out \
             may be in by now: look at the other invariants before you restore it."
        }
        Some(_) => {
            "It was replaced by hand under the same name. What it no longer keeps out may be in by \
             now: look at the other invariants before you restore it."
        }
    };
    Violation {
        rows: vec![row(table, &[("guard", name)])],
        found: found.clone().unwrap_or_else(|| "nothing of this name".to_owned()),
        expected: expected.clone(),
        likely_cause: likely_cause.to_owned(),
    }
}
