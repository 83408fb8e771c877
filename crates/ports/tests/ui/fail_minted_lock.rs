//! Only `ports` itself mints a lock, out of what a store has locked.
use domain::Tournament;
use ports::{Locked, UnitOfWork};

fn mint(row: Tournament, uow: &UnitOfWork) -> Locked<'_, Tournament> {
    Locked::mint(row, uow)
}

fn main() {}
