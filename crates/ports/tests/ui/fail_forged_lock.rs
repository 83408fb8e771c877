//! A lock cannot be made outside `ports`, not even by an adapter.
use domain::Tournament;
use ports::{Locked, UnitOfWork};

fn forge(row: Tournament, uow: &UnitOfWork) -> Locked<'_, Tournament> {
    Locked { row, uow }
}

fn main() {}
