//! Credits that come in.

use super::{Accounts, Cause, Currency, NewEntry};
use crate::PlayerId;

/// The entries by which `amount` credits come in to `player`, whose accounts are as the player's
/// lock found them: what is owed is repaid first, and the rest is the player's.
///
/// Reward, correction, level, refund and the end of a hold all come in here. Nothing comes in by an
/// amount of zero or less.
#[must_use]
pub fn incoming(player: PlayerId, accounts: &Accounts, amount: i64, cause: Cause) -> Vec<NewEntry> {
    let repaid = amount.min(accounts.debt.balance).max(0);
    let moved = [(Currency::Credit, (amount - repaid).max(0)), (Currency::Debt, -repaid)];
    let moved = moved.into_iter().filter(|it| it.1 != 0);
    moved.map(|(currency, amount)| NewEntry::new(player, currency, amount, cause)).collect()
}
