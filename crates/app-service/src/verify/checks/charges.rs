//! INV-R09: the ledger took for every charge what it says, and no hold outlives its time.

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, Mischarged, PaymentTerms},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the charges of players of whom anything was recorded since, and whether they are
/// overdue.
pub(super) async fn check(
    audit: &dyn Audit,
    scope: &AuditScope,
    terms: &PaymentTerms,
) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.mischarged(scope, terms).await?, describe))
}

fn describe(fault: &Mischarged) -> Violation {
    let Mischarged { player, charge, state, says, taken, overdue_since } = fault;
    let table = if state.is_some() { "charges" } else { "ledger_entries" };
    let found = match (overdue_since, says == taken) {
        (Some(since), true) => format!("a hold that was to expire at {since}"),
        _ => format!("{taken} credits taken by the ledger"),
    };
    let expected = match (state, says == taken) {
        (None, _) => "no entry without its charge".to_owned(),
        (Some(_), true) => "a hold that has ended by then".to_owned(),
        (Some(state), false) => format!("{says} credits taken, as the {state} charge says"),
    };
    Violation {
        rows: vec![row(table, &[("player_id", player), ("charge_id", charge)])],
        found,
        expected,
        likely_cause: likely_cause(fault).to_owned(),
    }
}

fn likely_cause(fault: &Mischarged) -> &'static str {
    match &fault.state {
        None => "Entries were posted by hand, or a charge was deleted: charges are never deleted.",
        Some(_) if fault.says == fault.taken => {
            "Nobody runs `guerdon expire-holds`, or it cannot read this player."
        }
        Some(_) => {
            "The charge or an entry was edited by hand, or a hold was ended twice: a charge changes \
             in the transaction that moves the credits."
        }
    }
}
