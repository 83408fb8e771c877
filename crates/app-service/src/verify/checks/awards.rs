//! INV-R01: at most one award for each (tournament, player).

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, RepeatedAward},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the awards of tournaments of which anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.repeated_awards(scope).await?, describe))
}

fn describe(fault: &RepeatedAward) -> Violation {
    let RepeatedAward { tournament, player, copies } = fault;
    Violation {
        rows: vec![row("awards", &[("tournament_id", tournament), ("player_id", player)])],
        found: format!("{copies} awards"),
        expected: "one award".to_owned(),
        likely_cause: "Rows were copied or inserted by hand while the primary key `pk_awards` was \
                       missing; INV-R06 says whether it is there now."
            .to_owned(),
    }
}
