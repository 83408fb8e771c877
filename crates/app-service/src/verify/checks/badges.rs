//! INV-R02: at most one badge for each (player, tournament, type), and a badge of a life once.

use std::fmt::Display;

use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, RepeatedBadge},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the badges of players of whom anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    Ok(Findings::of(scope, &audit.repeated_badges(scope).await?, describe))
}

fn describe(fault: &RepeatedBadge) -> Violation {
    let RepeatedBadge { player, tournament, badge, copies } = fault;
    let mut key: Vec<(&str, &dyn Display)> = vec![("player_id", player), ("badge_type", badge)];
    let (expected, guard) = if let Some(tournament) = tournament {
        key.push(("tournament_id", tournament));
        ("the badge once for a tournament", "pk_badges")
    } else {
        ("the badge once in a life", "uq_badges_once_in_a_life")
    };
    Violation {
        rows: vec![row("badges", &key)],
        found: format!("{copies} badges"),
        expected: expected.to_owned(),
        likely_cause: format!(
            "Badges were inserted by hand, or two tournaments awarded it at once while `{guard}` \
             was missing; INV-R06 says whether it is there now."
        ),
    }
}
