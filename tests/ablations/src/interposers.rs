//! Stores with one broken promise each.

pub(crate) mod belongings;
pub(crate) mod books;
pub(crate) mod charges;
pub(crate) mod corrections;
pub(crate) mod ledger;
pub(crate) mod locks;
pub(crate) mod rules;
pub(crate) mod transactions;

use ports::spi::Transaction;

/// Tells the open transactions of one store apart.
fn address(tx: &dyn Transaction) -> usize {
    std::ptr::from_ref(tx).addr()
}
