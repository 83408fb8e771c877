//! INV-L01: a player's mark is the last level reached, and each level has paid its credits, once.

use std::fmt::Display;

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, LevelMismatch},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the levels of players of whom anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.level_mismatches(scope).await?, describe))
}

fn describe(fault: &LevelMismatch) -> Violation {
    let LevelMismatch { player, level, expected, found } = fault;
    let Some(level) = level else {
        return Violation {
            rows: vec![row("players", &[("player_id", player)])],
            found: format!("level {found}"),
            expected: format!("level {expected}, the last that was reached, and all below it"),
            likely_cause: "The mark or the levels were edited by hand: a level is reached in the \
                           transaction that moves the mark, and is never taken back."
                .to_owned(),
        };
    };
    let key: [(&str, &dyn Display); 2] = [("player_id", player), ("level", level)];
    Violation {
        rows: vec![row("level_ups", &key)],
        found: format!("{found} credits posted"),
        expected: format!("{expected} credits, once in a life"),
        likely_cause:
            "The level or an entry was edited or deleted by hand: a level is paid in the \
                       transaction that reaches it, under a key of its own."
                .to_owned(),
    }
}
