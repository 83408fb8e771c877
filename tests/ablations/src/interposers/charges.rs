//! Holds that end more than once, and under more than one key.

use async_trait::async_trait;
use domain::{Cause, ChargeMove, ChargeStep, NewEntry, RefundId};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{ChargeName, Recorded, Transaction},
};

/// Takes no notice of charges that are not as they were found: they stay as they are, and nobody is
/// told.
pub(crate) struct EndsAgain;

#[async_trait]
impl Interposer for EndsAgain {
    async fn update_charges(
        &self,
        tx: &dyn Transaction,
        moves: &[ChargeMove],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let names: Vec<ChargeName> =
            moves.iter().map(|it| (it.after.player, it.after.id)).collect();
        let known = tx.select_charges(&names).await?;
        let as_found = |it: &&ChargeMove| known.iter().any(|known| it.before == Some(known.charge));
        let rest: Vec<_> = moves.iter().filter(as_found).copied().collect();
        if rest.is_empty() { Ok(()) } else { tx.update_charges(&rest, at).await }
    }
}

/// Gives every way to end a hold a key of its own.
pub(crate) struct EndsUnderOwnKeys;

#[async_trait]
impl Interposer for EndsUnderOwnKeys {
    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let entries: Vec<_> = entries.iter().map(under_own_key).collect();
        tx.insert_ledger_entries(&entries, at).await
    }
}

/// A refund has a key of its own.
fn under_own_key(entry: &NewEntry) -> NewEntry {
    use ChargeStep::{Expire, Refund, Release, Settle};
    match entry.cause {
        Cause::Charge { charge, step: step @ (Settle | Release | Expire) } => {
            let step = Refund(RefundId::of(step.as_str()));
            NewEntry::new(
                entry.player,
                entry.currency,
                entry.amount,
                Cause::Charge { charge, step },
            )
        }
        _ => entry.clone(),
    }
}
