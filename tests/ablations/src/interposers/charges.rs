//! Holds that end more than once.

use async_trait::async_trait;
use domain::ChargeMove;
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{ChargeName, Transaction},
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
