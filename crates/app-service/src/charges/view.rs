//! Charges as people ask for them.

use domain::{Charge, ChargeId, ChargeOrigin, ChargeState, PlayerId};
use ports::{
    Timestamp,
    spi::{ChargeRecord, Recorded},
};
use serde::{Deserialize, Serialize};

use crate::requests::recorded;

/// A charge, and all that has happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeView {
    /// Whose.
    pub player: PlayerId,
    /// Which charge.
    pub id: ChargeId,
    /// How it began.
    pub origin: ChargeOrigin,
    /// Where it stands.
    pub state: ChargeState,
    /// What was taken when it began.
    pub amount: i64,
    /// What was charged for good.
    pub settled: i64,
    /// What of that came back.
    pub refunded: i64,
    /// What for.
    pub memo: String,
    /// When the hold can be given back unasked, if ever.
    #[serde(with = "time::serde::rfc3339::option")]
    pub expires_at: Option<Timestamp>,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: Timestamp,
    /// When anything last happened to it.
    #[serde(with = "time::serde::rfc3339")]
    pub changed_at: Timestamp,
}

/// What became of asking for a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charged {
    /// Whether this call did it, or an earlier one.
    #[serde(with = "recorded", rename = "replayed")]
    pub recorded: Recorded,
    /// The charge afterwards.
    pub charge: ChargeView,
    /// The player's credits afterwards.
    pub credit_balance: i64,
}

impl ChargeView {
    pub(super) fn of(record: &ChargeRecord) -> Self {
        let Charge { player, id, origin, amount, settled, refunded, state } = record.charge;
        Self {
            player,
            id,
            origin,
            state,
            amount,
            settled,
            refunded,
            memo: record.memo.clone(),
            expires_at: record.expires_at,
            created_at: record.created_at,
            changed_at: record.changed_at,
        }
    }
}
