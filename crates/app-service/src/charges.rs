//! Spending: charges and holds, through the ledger and the player's lock.

mod decide;
mod expire;
mod run;
mod view;

use domain::{ChargeId, ChargeOrigin, PlayerId, RefundId};
use ports::{Timestamp, spi::ChargeScope};

use self::decide::Ask;
pub use self::{
    expire::ExpiredHolds,
    view::{ChargeView, Charged},
};
use crate::{Guerdon, GuerdonError, row_id::row_id};

/// What is to be charged, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// Who is charged.
    pub player: PlayerId,
    /// Made once, before the first try: asking again under it charges nothing more.
    pub charge: ChargeId,
    /// How many credits.
    pub amount: i64,
    /// What for, for people.
    pub memo: String,
}

impl Guerdon {
    /// Charges credits for good, unless there are not enough of them.
    ///
    /// Asked again with the same [`Spending`] it answers what exists; with another one under the
    /// same id it is [`GuerdonError::ChargeDiffers`].
    #[tracing::instrument(skip_all, fields(player = %spending.player, charge = %spending.charge))]
    pub async fn spend(&self, spending: Spending) -> Result<Charged, GuerdonError> {
        self.charge("spend", Ask::begin(spending, ChargeOrigin::Spend, None)?).await
    }

    /// Sets credits aside, unless there are not enough of them, until they are
    /// [settled](Self::settle) or [released](Self::release), or
    /// [expire](Self::expire_holds) at `expires_at`.
    ///
    /// Asked again with the same [`Spending`] it answers what exists, which expires when the first
    /// call said.
    #[tracing::instrument(skip_all, fields(player = %spending.player, charge = %spending.charge))]
    pub async fn hold(
        &self,
        spending: Spending,
        expires_at: Option<Timestamp>,
    ) -> Result<Charged, GuerdonError> {
        self.charge("hold", Ask::begin(spending, ChargeOrigin::Hold, expires_at)?).await
    }

    /// Charges `amount` of a hold for good, all of it when `None`; the rest comes back. A hold is
    /// held until somebody ends it: one that was to expire by now can be settled unless it did.
    #[tracing::instrument(skip(self))]
    pub async fn settle(
        &self,
        player: PlayerId,
        charge: ChargeId,
        amount: Option<i64>,
    ) -> Result<Charged, GuerdonError> {
        self.charge("settle", Ask::settle(player, charge, amount)).await
    }

    /// Gives a hold back.
    #[tracing::instrument(skip(self))]
    pub async fn release(
        &self,
        player: PlayerId,
        charge: ChargeId,
    ) -> Result<Charged, GuerdonError> {
        self.charge("release", Ask::release(player, charge)).await
    }

    /// Gives back `amount` of what was charged for good, all that is left of it when `None`. The id
    /// of the refund is made once, before the first try; asked again under it nothing more comes
    /// back.
    #[tracing::instrument(skip(self))]
    pub async fn refund(
        &self,
        player: PlayerId,
        charge: ChargeId,
        refund: RefundId,
        amount: Option<i64>,
    ) -> Result<Charged, GuerdonError> {
        self.charge("refund", Ask::refund(player, charge, refund, amount)).await
    }

    /// A page of one player's charges, by id, behind `after`.
    #[tracing::instrument(skip(self))]
    pub async fn charges(
        &self,
        player: PlayerId,
        after: Option<ChargeId>,
        limit: u32,
    ) -> Result<Vec<ChargeView>, GuerdonError> {
        self.charges_in(player, ChargeScope::All, after, limit).await
    }

    /// A page of one player's holds that have not ended, by id, behind `after`.
    #[tracing::instrument(skip(self))]
    pub async fn holds(
        &self,
        player: PlayerId,
        after: Option<ChargeId>,
        limit: u32,
    ) -> Result<Vec<ChargeView>, GuerdonError> {
        self.charges_in(player, ChargeScope::Held, after, limit).await
    }

    /// An id for a charge, for a caller who has no own name for it: new, and later than those before.
    #[must_use]
    pub fn new_charge_id(&self) -> ChargeId {
        ChargeId::from_uuid(row_id(self.now()))
    }

    /// An id for a refund, likewise.
    #[must_use]
    pub fn new_refund_id(&self) -> RefundId {
        RefundId::from_uuid(row_id(self.now()))
    }

    async fn charges_in(
        &self,
        player: PlayerId,
        scope: ChargeScope,
        after: Option<ChargeId>,
        limit: u32,
    ) -> Result<Vec<ChargeView>, GuerdonError> {
        let found = self.store().list_charges(player, scope, after, limit).await?;
        if found.is_empty() && self.store().find_players(&[player]).await?.is_empty() {
            return Err(GuerdonError::NoPlayer(player));
        }
        Ok(found.iter().map(ChargeView::of).collect())
    }
}
