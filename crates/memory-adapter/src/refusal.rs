//! How this store says no.

use ports::{StoreError, TransientCause};

/// A stored row breaks `rule`, or a write would.
pub(crate) fn corrupt(table: &'static str, rule: impl Into<String>) -> StoreError {
    StoreError::Corrupt { table, rule: rule.into(), source: None }
}

/// Waiting would close a circle of transactions that wait for each other.
pub(crate) fn deadlock() -> StoreError {
    let source = "every transaction of a circle waits for the next one".into();
    StoreError::Transient { cause: TransientCause::Deadlock, during: "lock", source }
}

/// The caller broke the contract.
pub(crate) const fn invalid(rule: &'static str) -> StoreError {
    StoreError::Invalid { rule }
}
