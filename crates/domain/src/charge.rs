//! What a player is charged: at once, or set aside first.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Accounts, Cause, ChargeId, ChargeStep, Currency, NewEntry, PlayerId, RefundId, incoming,
};

/// Credits that a player is charged. Every movement of it is an entry of the ledger; this is what
/// they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// Who is charged.
    pub player: PlayerId,
    /// Which charge.
    pub id: ChargeId,
    /// How it began.
    pub origin: ChargeOrigin,
    /// What was taken when it began.
    pub amount: i64,
    /// What was charged for good.
    pub settled: i64,
    /// What of that came back.
    pub refunded: i64,
    /// Where it stands.
    pub state: ChargeState,
}

/// How a charge began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeOrigin {
    /// Charged for good, at once.
    Spend,
    /// Set aside.
    Hold,
}

/// Where a charge stands. It leaves `Held` once, and nothing else ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeState {
    /// Set aside, and not yet decided.
    Held,
    /// Charged for good, all of it or a part.
    Settled,
    /// Given back.
    Released,
    /// Given back because nobody settled it in time.
    Expired,
}

/// What happens to a charge, and what it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChargeMove {
    /// Before; `None` for one that begins.
    pub before: Option<Charge>,
    /// Afterwards.
    pub after: Charge,
    /// What happens.
    pub step: ChargeStep,
}

/// Why nothing of the kind can happen to a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unchargeable {
    /// More than there is of it.
    #[error("{available} of charge {charge} can be had, not {amount}")]
    TooMuch {
        /// Which charge.
        charge: ChargeId,
        /// What there is.
        available: i64,
        /// What was asked for.
        amount: i64,
    },
    /// It is no longer, or never was, set aside.
    #[error("charge {charge} is {} and not held", .state.as_str())]
    NotHeld {
        /// Which charge.
        charge: ChargeId,
        /// Where it stands.
        state: ChargeState,
    },
    /// No number of credits can be charged or given back but a positive one.
    #[error("{amount} is no number of credits to move: use 1 or more")]
    NoAmount {
        /// What was asked for.
        amount: i64,
    },
}

impl Charge {
    /// Charges `amount` at once, or sets it aside.
    pub fn begin(
        player: PlayerId,
        id: ChargeId,
        origin: ChargeOrigin,
        amount: i64,
    ) -> Result<ChargeMove, Unchargeable> {
        positive(amount)?;
        let (state, settled) = match origin {
            ChargeOrigin::Spend => (ChargeState::Settled, amount),
            ChargeOrigin::Hold => (ChargeState::Held, 0),
        };
        let after = Self { player, id, origin, amount, settled, refunded: 0, state };
        Ok(ChargeMove { before: None, after, step: origin.step() })
    }

    /// Charges `amount` of what was set aside for good; the rest comes back.
    pub fn settle(self, amount: i64) -> Result<ChargeMove, Unchargeable> {
        positive(amount)?;
        self.held()?;
        if amount > self.amount {
            return Err(self.too_much(self.amount, amount));
        }
        let after = Self { settled: amount, state: ChargeState::Settled, ..self };
        Ok(self.becomes(after, ChargeStep::Settle))
    }

    /// Gives back what was set aside.
    pub fn release(self) -> Result<ChargeMove, Unchargeable> {
        self.held()?;
        Ok(self.becomes(Self { state: ChargeState::Released, ..self }, ChargeStep::Release))
    }

    /// Gives back what was set aside, because nobody has settled it in time.
    pub fn expire(self) -> Result<ChargeMove, Unchargeable> {
        self.held()?;
        Ok(self.becomes(Self { state: ChargeState::Expired, ..self }, ChargeStep::Expire))
    }

    /// Gives back `amount` of what was charged for good.
    pub fn refund(self, refund: RefundId, amount: i64) -> Result<ChargeMove, Unchargeable> {
        positive(amount)?;
        if amount > self.refundable() {
            return Err(self.too_much(self.refundable(), amount));
        }
        let after = Self { refunded: self.refunded + amount, ..self };
        Ok(self.becomes(after, ChargeStep::Refund(refund)))
    }

    /// What could still be given back of what was charged for good.
    #[must_use]
    pub fn refundable(&self) -> i64 {
        self.settled - self.refunded
    }

    /// What the ledger has taken for it so far, all in all.
    #[must_use]
    pub fn taken(&self) -> i64 {
        match self.state {
            ChargeState::Held => self.amount,
            ChargeState::Settled | ChargeState::Released | ChargeState::Expired => {
                self.refundable()
            }
        }
    }

    fn held(&self) -> Result<(), Unchargeable> {
        match self.state {
            ChargeState::Held => Ok(()),
            state => Err(Unchargeable::NotHeld { charge: self.id, state }),
        }
    }

    fn too_much(&self, available: i64, amount: i64) -> Unchargeable {
        Unchargeable::TooMuch { charge: self.id, available, amount }
    }

    fn becomes(self, after: Self, step: ChargeStep) -> ChargeMove {
        ChargeMove { before: Some(self), after, step }
    }
}

impl ChargeMove {
    /// The entries that move the player's credits by exactly what the charge takes or gives back;
    /// `accounts` are as the player's lock found them. There are none where all stays taken.
    #[must_use]
    pub fn entries(&self, accounts: &Accounts) -> Vec<NewEntry> {
        let Charge { player, id, .. } = self.after;
        let cause = Cause::Charge { charge: id, step: self.step };
        let back = self.before.map_or(0, |it| it.taken()) - self.after.taken();
        if back < 0 {
            return vec![NewEntry::new(player, Currency::Credit, back, cause)];
        }
        incoming(player, accounts, back, cause)
    }
}

impl ChargeOrigin {
    /// Every one of them.
    pub const ALL: [Self; 2] = [Self::Spend, Self::Hold];

    /// What happens to a charge that begins so.
    #[must_use]
    pub fn step(self) -> ChargeStep {
        match self {
            Self::Spend => ChargeStep::Spend,
            Self::Hold => ChargeStep::Hold,
        }
    }

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spend => "spend",
            Self::Hold => "hold",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl ChargeState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Held, Self::Settled, Self::Released, Self::Expired];

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Settled => "settled",
            Self::Released => "released",
            Self::Expired => "expired",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

fn positive(amount: i64) -> Result<(), Unchargeable> {
    if amount < 1 {
        return Err(Unchargeable::NoAmount { amount });
    }
    Ok(())
}
