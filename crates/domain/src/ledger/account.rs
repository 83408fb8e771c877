//! What a player has of each currency.

use super::Currency;

/// One account as its player's lock found it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// Sum of the ledger, in whole units.
    pub balance: i64,
    /// Number of the last entry; 0 when there is none.
    pub seq: i64,
}

/// The accounts of one player, one for each [`Currency`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Experience.
    pub xp: Account,
    /// Credits.
    pub credit: Account,
    /// Credits owed.
    pub debt: Account,
}

impl Accounts {
    /// The account of `currency`.
    #[must_use]
    pub fn of(&self, currency: Currency) -> Account {
        match currency {
            Currency::Xp => self.xp,
            Currency::Credit => self.credit,
            Currency::Debt => self.debt,
        }
    }

    /// The account of `currency`, to be changed.
    pub fn of_mut(&mut self, currency: Currency) -> &mut Account {
        match currency {
            Currency::Xp => &mut self.xp,
            Currency::Credit => &mut self.credit,
            Currency::Debt => &mut self.debt,
        }
    }

    /// Credits, less those that are owed.
    #[must_use]
    pub fn net_credits(&self) -> i64 {
        self.credit.balance.saturating_sub(self.debt.balance)
    }
}
