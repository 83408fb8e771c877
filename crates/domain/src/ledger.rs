//! Money-like movements: what is posted, under which key, and what the accounts hold.

mod account;
mod cause;
mod incoming;
mod key;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::{
    account::{Account, Accounts},
    cause::{Cause, ChargeStep},
    incoming::incoming,
    key::IdempotencyKey,
};
use crate::PlayerId;

/// What an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Experience: only ever grows, but for corrections.
    Xp,
    /// Credits: what players spend.
    Credit,
    /// Credits that a player owes, because a correction took back some that were spent. What comes
    /// in repays them first. The account is made when there is something to owe.
    Debt,
}

/// How far an entry may take a balance down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Floor {
    /// To nothing.
    #[default]
    Zero,
    /// Below nothing. Credits alone can be overdrawn, and only by a correction.
    Overdraw,
}

/// A movement to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Whose account.
    pub player: PlayerId,
    /// Which account.
    pub currency: Currency,
    /// What is added, in whole units; negative takes away, zero is never posted.
    pub amount: i64,
    /// Why it exists.
    pub cause: Cause,
    /// What makes this entry the only one of its kind.
    pub key: IdempotencyKey,
    /// How far it may take the balance down.
    pub floor: Floor,
}

impl Currency {
    /// Every currency.
    pub const ALL: [Self; 3] = [Self::Xp, Self::Credit, Self::Debt];

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xp => "XP",
            Self::Credit => "CREDIT",
            Self::Debt => "DEBT",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl NewEntry {
    /// The movement that `cause` makes in one account, under the key of the two, down to nothing.
    #[must_use]
    pub fn new(player: PlayerId, currency: Currency, amount: i64, cause: Cause) -> Self {
        let key = IdempotencyKey::of(&cause, player, currency);
        Self { player, currency, amount, cause, key, floor: Floor::Zero }
    }
}
