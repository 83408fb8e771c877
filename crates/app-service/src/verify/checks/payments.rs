//! INV-R04: the ledger pays what awards say, and each revision at most once.

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, MispaidAward},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the awards and entries of tournaments of which anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.mispaid_awards(scope).await?, describe))
}

fn describe(fault: &MispaidAward) -> Violation {
    let MispaidAward { tournament, player, award, owed, booked, paid, entries } = fault;
    let table = if award.is_some() { "awards" } else { "ledger_entries" };
    Violation {
        rows: vec![row(table, &[("tournament_id", tournament), ("player_id", player)])],
        found: format!(
            "{} XP and {} credits in {} and {} entries",
            paid.0, paid.1, entries.0, entries.1
        ),
        expected: match award {
            Some((state, revision)) => {
                let due = if state == "applied" { owed } else { booked };
                format!(
                    "{} XP and {} credits for the {state} award of revision {revision}, which says \
                     that {} XP and {} credits have been posted; at most one entry for each \
                     currency and revision",
                    due.0, due.1, booked.0, booked.1
                )
            }
            None => "no entry without an award".to_owned(),
        },
        likely_cause: likely_cause(fault).to_owned(),
    }
}

fn likely_cause(fault: &MispaidAward) -> &'static str {
    match &fault.award {
        None => {
            "Entries were posted by hand, or an award was deleted: only an award pays, and awards \
             are never deleted."
        }
        Some((state, _)) if state != "applied" => {
            "The award was set back by hand, or paid past the distribution: an award becomes \
             applied in the transaction that pays it."
        }
        Some(_) if fault.paid == (0, 0) => {
            "The award was marked as applied by hand, or its entries were deleted: nobody was paid."
        }
        Some(_) => {
            "The award or an entry was edited after it was paid, or the award was paid twice under \
             another key."
        }
    }
}
