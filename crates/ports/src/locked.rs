//! Proof of a lock, and the writes it permits.

mod awards;
mod players;
mod rule;
mod tournament;

use std::{fmt, ops::Deref};

pub use self::{
    awards::Awards,
    players::{Careers, Players, Savepoint},
    rule::PlayerPage,
    tournament::{Reopened, ResultsPages, Shared},
};
use crate::UnitOfWork;

/// Rows that are locked for as long as their [`UnitOfWork`] is open.
///
/// Holding one *is* the right to write: each write is a method here, so it cannot be reached without
/// the lock, nor through the lock of another unit of work. `'uow` keeps it from outliving the commit.
#[must_use = "a lock that nobody writes under is only contention"]
pub struct Locked<'uow, Row> {
    row: Row,
    uow: &'uow UnitOfWork,
}

impl<'uow, Row> Locked<'uow, Row> {
    pub(crate) fn mint(row: Row, uow: &'uow UnitOfWork) -> Self {
        Self { row, uow }
    }
}

impl<Row> Deref for Locked<'_, Row> {
    type Target = Row;

    fn deref(&self) -> &Row {
        &self.row
    }
}

impl<Row: fmt::Debug> fmt::Debug for Locked<'_, Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Locked").field(&self.row).finish()
    }
}
