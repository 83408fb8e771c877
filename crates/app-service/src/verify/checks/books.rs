//! INV-R07: rewards are distributed exactly when nothing is owed, and nothing is owed for too long.

use domain::TournamentStatus;
use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, OpenBooks, PaymentTerms},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// Every tournament, whatever `since` says: what is overdue is what nothing was recorded of.
pub(super) async fn check(
    audit: &dyn Audit,
    scope: &AuditScope,
    terms: &PaymentTerms,
) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.open_books(scope, terms).await?, describe))
}

fn describe(fault: &OpenBooks) -> Violation {
    let OpenBooks { tournament, status, pending, failed, first_owed, frozen_at } = fault;
    let mut rows = vec![row("tournaments", &[("tournament_id", tournament)])];
    if let Some(player) = first_owed {
        rows.push(row("awards", &[("tournament_id", tournament), ("player_id", player)]));
    }
    let (expected, likely_cause) = explain(fault);
    let status = match status {
        Ok(status) => status.to_string(),
        Err(rule) => format!("of a status that cannot be read ({rule}),"),
    };
    Violation {
        rows,
        found: format!(
            "{status} with {pending} pending and {failed} failed awards, frozen at {frozen_at}"
        ),
        expected: expected.to_owned(),
        likely_cause: likely_cause.to_owned(),
    }
}

fn explain(fault: &OpenBooks) -> (&'static str, &'static str) {
    match fault {
        OpenBooks { status: Ok(TournamentStatus::Completed), pending: 1.., .. } => (
            "no award pending for so long",
            "The distribution was interrupted and nobody has resumed it: run \
             `guerdon distribute` for this tournament.",
        ),
        OpenBooks { status: Ok(TournamentStatus::Completed), failed: 1.., .. } => (
            "no failed award",
            "Participants could not be paid: their awards say why. Put that right and run \
             `guerdon distribute` once more for those that failed.",
        ),
        OpenBooks { status: Ok(TournamentStatus::Completed), .. } => (
            "rewards_distributed, because nothing is owed",
            "The process ended between the last payment and the closing: run \
             `guerdon distribute` for this tournament.",
        ),
        OpenBooks { status: Err(_), .. } => (
            "a status",
            "The status was set by hand, past `ck_tournaments_status`: nothing of this tournament \
             can be paid until it is put right.",
        ),
        _ => (
            "completed while anything is owed",
            "The status was set by hand, or an award was: the books close only when every award is \
             applied. Whoever is owed will not be paid until the status is put right.",
        ),
    }
}
