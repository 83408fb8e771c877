//! What to do about what is asked, given what there is. Pure: the caller holds the player's lock.

use domain::{
    Accounts, Charge, ChargeId, ChargeMove, ChargeOrigin, ChargeState, PlayerId, RefundId,
};
use ports::{
    Timestamp,
    spi::{ChargeRecord, NewCharge},
};

use super::{Spending, view::ChargeView};
use crate::{GuerdonError, text};

/// What is asked of one charge.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) player: PlayerId,
    pub(super) charge: ChargeId,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Begin(NewCharge),
    Settle(Option<i64>),
    Release,
    Refund(RefundId, Option<i64>),
}

/// What to do about it.
#[derive(Debug)]
pub(super) enum Decision {
    /// It has been done before, and this is what it left.
    Replay(Box<ChargeRecord>),
    /// Begin this charge.
    Begin(Box<NewCharge>),
    /// Move the charge on.
    Move(ChargeMove),
}

impl Ask {
    pub(super) fn begin(
        spending: Spending,
        origin: ChargeOrigin,
        expires_at: Option<Timestamp>,
    ) -> Result<Self, GuerdonError> {
        let Spending { player, charge, amount, memo } = spending;
        // Nothing need be said; what is said must be readable.
        if !memo.is_empty() {
            text::check("memo", &memo)?;
        }
        let begun = Charge::begin(player, charge, origin, amount)?.after;
        let new = NewCharge { charge: begun, memo, expires_at };
        Ok(Self { player, charge, what: What::Begin(new) })
    }

    pub(super) fn settle(player: PlayerId, charge: ChargeId, amount: Option<i64>) -> Self {
        Self { player, charge, what: What::Settle(amount) }
    }

    pub(super) fn release(player: PlayerId, charge: ChargeId) -> Self {
        Self { player, charge, what: What::Release }
    }

    pub(super) fn refund(
        player: PlayerId,
        charge: ChargeId,
        refund: RefundId,
        amount: Option<i64>,
    ) -> Self {
        Self { player, charge, what: What::Refund(refund, amount) }
    }

    pub(super) fn decide(
        &self,
        accounts: &Accounts,
        existing: Option<ChargeRecord>,
    ) -> Result<Decision, GuerdonError> {
        if let What::Begin(new) = &self.what {
            return match existing {
                Some(existing) => same(new, existing),
                None => begin(new, accounts),
            };
        }
        let no_charge = GuerdonError::NoCharge { player: self.player, charge: self.charge };
        let existing = existing.ok_or(no_charge)?;
        let charge = existing.charge;
        match self.what {
            What::Begin(_) => Ok(Decision::Replay(Box::new(existing))),
            What::Settle(amount) if charge.state == ChargeState::Settled => {
                let same = amount.unwrap_or(charge.amount) == charge.settled;
                replay(existing, same && charge.origin == ChargeOrigin::Hold)
            }
            What::Settle(amount) => {
                Ok(Decision::Move(charge.settle(amount.unwrap_or(charge.amount))?))
            }
            What::Release if charge.state == ChargeState::Released => replay(existing, true),
            What::Release => Ok(Decision::Move(charge.release()?)),
            What::Refund(refund, amount) => {
                if let Some(before) = existing.refunds.get(&refund).copied() {
                    return replay(existing, amount.is_none_or(|it| it == before));
                }
                let amount = amount.unwrap_or(charge.refundable());
                Ok(Decision::Move(charge.refund(refund, amount)?))
            }
        }
    }
}

fn begin(new: &NewCharge, accounts: &Accounts) -> Result<Decision, GuerdonError> {
    let Charge { player, amount, .. } = new.charge;
    let balance = accounts.credit.balance;
    if balance < amount {
        return Err(GuerdonError::NotEnoughCredits { player, balance, amount });
    }
    Ok(Decision::Begin(Box::new(new.clone())))
}

/// What has happened to it since is no difference.
fn same(new: &NewCharge, existing: ChargeRecord) -> Result<Decision, GuerdonError> {
    let began = |it: &Charge| (it.origin, it.amount);
    let same = began(&new.charge) == began(&existing.charge) && new.memo == existing.memo;
    replay(existing, same)
}

fn replay(existing: ChargeRecord, same: bool) -> Result<Decision, GuerdonError> {
    if same {
        return Ok(Decision::Replay(Box::new(existing)));
    }
    Err(GuerdonError::ChargeDiffers { existing: Box::new(ChargeView::of(&existing)) })
}
