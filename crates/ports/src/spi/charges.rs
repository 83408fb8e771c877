//! Charges, as they are stored and asked for.

use std::collections::BTreeMap;

use domain::{Charge, ChargeId, ChargeMove, PlayerId, RefundId};

use crate::Timestamp;

/// Names a charge: it belongs to its player.
pub type ChargeName = (PlayerId, ChargeId);

/// A charge that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCharge {
    /// What is charged.
    pub charge: Charge,
    /// What for, for people.
    pub memo: String,
    /// From when on a hold can be given back by whoever looks after it; `None` for never.
    pub expires_at: Option<Timestamp>,
}

impl NewCharge {
    /// What happens when it begins.
    #[must_use]
    pub fn begins(&self) -> ChargeMove {
        ChargeMove { before: None, after: self.charge, step: self.charge.origin.step() }
    }
}

/// A charge as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeRecord {
    /// What is charged.
    pub charge: Charge,
    /// What for, for people.
    pub memo: String,
    /// From when on a hold can be given back by whoever looks after it; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// Every refund, and how much it gave back, as the ledger has it.
    pub refunds: BTreeMap<RefundId, i64>,
    /// When it began.
    pub created_at: Timestamp,
    /// When anything last happened to it.
    pub changed_at: Timestamp,
}

/// Which charges of a player to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChargeScope {
    /// Every one.
    All,
    /// Those that are held.
    Held,
}
