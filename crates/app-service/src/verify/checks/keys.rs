//! INV-R05: no idempotency key twice, none missing, and each the one that its cause makes.

use domain::{Currency, IdempotencyKey, PlayerId, Purpose};
use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, KeyRow, RepeatedKey},
    },
};

use crate::verify::{
    RowName, Violation,
    findings::{Findings, row},
};

/// With `since`: the entries of players of whom anything was recorded since.
pub(super) async fn check(audit: &dyn Audit, scope: &AuditScope) -> Result<Findings, StoreError> {
    let mut findings = Findings::none(scope);
    audit.visit_keys(scope, &mut |entry| check_entry(&entry, &mut findings)).await?;
    let repeated =
        ports::spi::audit::Audited { rows_checked: 0, ..audit.repeated_keys(scope).await? };
    Ok(findings.and(&repeated, describe_repeated))
}

fn check_entry(entry: &KeyRow, findings: &mut Findings) {
    findings.looked_at(1);
    let KeyRow { player, currency, seq, tournament, key } = entry;
    let is =
        |key| IdempotencyKey::revision_in(key, Purpose::Reward, *tournament, *player, *currency);
    match key.as_deref().filter(|it| !it.is_empty()) {
        Some(key) if is(key).is_some() => {}
        found => findings.note(|| Violation {
            rows: vec![name(*player, *currency, *seq)],
            found: found.map_or_else(|| "no key".to_owned(), |it| format!("the key `{it}`")),
            expected: format!(
                "a key such as `{}`",
                IdempotencyKey::of(Purpose::Reward, *tournament, *player, *currency, 0)
            ),
            likely_cause: "The entry was written past the pipeline, which makes every key of its \
                           cause; posting its cause again would pay a second time."
                .to_owned(),
        }),
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

fn name(player: PlayerId, currency: Currency, seq: i64) -> RowName {
    row("ledger_entries", &[("player_id", &player), ("currency", &currency), ("seq", &seq)])
}
