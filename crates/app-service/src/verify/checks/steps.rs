//! INV-S03: every award that was applied has its step in the player's history, once.

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, StepMismatch},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the awards and steps of tournaments of which anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.step_mismatches(scope).await?, describe))
}

fn describe(fault: &StepMismatch) -> Violation {
    let StepMismatch { tournament, player, revision, awarded, due, steps } = fault;
    let table = if *awarded { "awards" } else { "skill_steps" };
    let likely_cause = match (*awarded, steps < due) {
        (_, true) => {
            "The step was deleted, or the award was marked as applied by hand: the same transaction \
             marks it and takes the step."
        }
        (true, false) => {
            "The step was taken twice while `uq_skill_steps_tournament` was missing, or the award was \
             changed after it was paid."
        }
        (false, false) => "The step was written by hand, or its award was deleted.",
    };
    Violation {
        rows: vec![row(
            table,
            &[("tournament_id", tournament), ("player_id", player), ("revision", revision)],
        )],
        found: format!("{steps} skill steps"),
        expected: format!("{due}: one of the revision that was applied last"),
        likely_cause: likely_cause.to_owned(),
    }
}
