//! INV-R03: every balance is the sum of its ledger, and the ledger is a chain without gaps.

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, BrokenEntry, UnbalancedAccount},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the accounts of players of whom anything was recorded since, each from its first
/// entry.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    let entries = audit.broken_entries(scope).await?;
    let accounts = audit.unbalanced_accounts(scope).await?;
    Ok(Findings::of(scope, &entries, broken).and(&accounts, unbalanced))
}

fn broken(fault: &BrokenEntry) -> Violation {
    let BrokenEntry { player, currency, seq, amount, balance_after, seq_before, balance_before } =
        fault;
    let likely_cause = if *seq == seq_before.saturating_add(1) {
        "The entry, or the one before it, was edited by hand: entries are only ever appended."
    } else {
        "Entries were deleted or numbered by hand: the store numbers them under the player's lock."
    };
    Violation {
        rows: vec![row(
            "ledger_entries",
            &[("player_id", player), ("currency", currency), ("seq", seq)],
        )],
        found: format!(
            "entry {seq} moves {amount} and leaves {balance_after}, behind entry {seq_before}, \
             which left {balance_before}"
        ),
        expected: format!(
            "entry {}, which leaves {}",
            seq_before.saturating_add(1),
            balance_before.saturating_add(*amount)
        ),
        likely_cause: likely_cause.to_owned(),
    }
}

fn unbalanced(fault: &UnbalancedAccount) -> Violation {
    let UnbalancedAccount { player, currency, account, ledger: (sum, last) } = fault;
    let (found, likely_cause) = match account {
        Some((balance, seq)) if seq == last => (
            format!("a balance of {balance} after entry {seq}"),
            "The balance, or an amount in the ledger, was edited by hand.",
        ),
        Some((balance, seq)) => (
            format!("a balance of {balance} after entry {seq}"),
            "A balance was moved without its entry, or an entry was written or deleted without its \
             balance: an update was lost, or rows were edited by hand.",
        ),
        None => ("no account".to_owned(), "The account's row was deleted by hand."),
    };
    Violation {
        rows: vec![row("accounts", &[("player_id", player), ("currency", currency)])],
        found,
        expected: format!("a balance of {sum} after entry {last}, as the ledger adds up"),
        likely_cause: likely_cause.to_owned(),
    }
}
