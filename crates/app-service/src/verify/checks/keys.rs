//! INV-R05: no idempotency key twice, none missing, and each the one that its cause makes.

use domain::{Currency, IdempotencyKey};
use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, ForgedKey, RepeatedKey},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the entries of players of whom anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    let forged = audit.forged_keys(scope).await?;
    let repeated = audit.repeated_keys(scope).await?;
    Ok(Findings::of(scope, &forged, describe_forged).and(&repeated, describe_repeated))
}

fn describe_forged(fault: &ForgedKey) -> Violation {
    let ForgedKey { player, currency, seq, cause, key } = fault;
    Violation {
        rows: vec![row(
            "ledger_entries",
            &[("player_id", player), ("currency", currency), ("seq", seq)],
        )],
        found: if key.is_empty() { "no key".to_owned() } else { format!("the key `{key}`") },
        expected: match Currency::parse(currency).zip(*cause) {
            Some((currency, cause)) => {
                format!("the key `{}`", IdempotencyKey::of(&cause, *player, currency))
            }
            None => "a currency and a cause, and the key that they make".to_owned(),
        },
        likely_cause:
            "The entry was written past the pipeline, which makes every key of its cause; \
                       posting its cause again would pay a second time."
                .to_owned(),
    }
}

fn describe_repeated(fault: &RepeatedKey) -> Violation {
    let RepeatedKey { player, key, copies } = fault;
    Violation {
        rows: vec![row("ledger_entries", &[("player_id", player), ("idempotency_key", key)])],
        found: format!("{copies} entries under one key"),
        expected: "one entry under one key".to_owned(),
        likely_cause: "A cause was paid twice while `uq_ledger_entries_idempotency_key` was \
                       missing; INV-R06 says whether it is there now."
            .to_owned(),
    }
}
