//! INV-E01: what was paid is told of, once and in order.

use std::fmt::Display;

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, EventMismatch},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the events of players of whom anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.event_mismatches(scope).await?, describe))
}

fn describe(fault: &EventMismatch) -> Violation {
    let EventMismatch { player, award, expected, found } = fault;
    let Some((tournament, revision)) = award else {
        return Violation {
            rows: vec![row("players", &[("player_id", player)])],
            found: format!("events up to {found}"),
            expected: format!("events 1 to {expected}, each once"),
            likely_cause: "Events or the counter were edited or deleted by hand: an event is \
                           written by the statement that moves the counter."
                .to_owned(),
        };
    };
    let key: [(&str, &dyn Display); 3] =
        [("player_id", player), ("tournament_id", tournament), ("revision", revision)];
    Violation {
        rows: vec![row("player_events", &key)],
        found: format!("{found} events"),
        expected: format!("{expected} event of the award"),
        likely_cause: "An event was deleted or written by hand: an award is told of in the \
                       transaction that pays it."
            .to_owned(),
    }
}
