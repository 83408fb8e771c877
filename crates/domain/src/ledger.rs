//! Money-like movements: what is posted, under which key, and what a posted entry looks like.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{PlayerId, TournamentId};

/// What an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Experience: only ever grows, but for corrections.
    Xp,
    /// Credits: what players spend.
    Credit,
}

/// Why an entry exists; part of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// What an award pays.
    Reward,
}

/// Names one movement, for ever: the same cause always makes the same key.
///
/// Made of immutable parts only. A placement, an amount, a time or a random number in a key would
/// let a changed result pay twice, so there is no constructor that takes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(String);

/// A movement to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Whose account.
    pub player: PlayerId,
    /// Which account.
    pub currency: Currency,
    /// What is added, in whole units; negative takes away, zero is never posted.
    pub amount: i64,
    /// The tournament that caused it.
    pub tournament: TournamentId,
    /// What makes this entry the only one of its kind.
    pub key: IdempotencyKey,
}

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
}

impl Currency {
    /// Every currency.
    pub const ALL: [Self; 2] = [Self::Xp, Self::Credit];

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xp => "XP",
            Self::Credit => "CREDIT",
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

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Reward => "reward",
        }
    }
}

impl IdempotencyKey {
    /// The key of what one revision of one award pays in one currency.
    #[must_use]
    pub fn of(
        purpose: Purpose,
        tournament: TournamentId,
        player: PlayerId,
        currency: Currency,
        revision: u32,
    ) -> Self {
        let purpose = purpose.as_str();
        Self(format!("{purpose}:{tournament}:{player}:{currency}:{revision}"))
    }

    /// The revision that `key` names, if it is a key that [`of`](Self::of) makes of the rest.
    #[must_use]
    pub fn revision_in(
        key: &str,
        purpose: Purpose,
        tournament: TournamentId,
        player: PlayerId,
        currency: Currency,
    ) -> Option<u32> {
        let revision = key.rsplit(':').next()?.parse().ok()?;
        let made = Self::of(purpose, tournament, player, currency, revision);
        (made.as_str() == key).then_some(revision)
    }

    /// The key as stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Accounts {
    /// The account of `currency`.
    #[must_use]
    pub fn of(&self, currency: Currency) -> Account {
        match currency {
            Currency::Xp => self.xp,
            Currency::Credit => self.credit,
        }
    }

    /// The account of `currency`, to be changed.
    pub fn of_mut(&mut self, currency: Currency) -> &mut Account {
        match currency {
            Currency::Xp => &mut self.xp,
            Currency::Credit => &mut self.credit,
        }
    }
}
