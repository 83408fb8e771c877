//! A lock cannot be kept for later.
use domain::{Tournament, TournamentId};
use ports::{Locked, UnitOfWork};

async fn keep(mut uow: UnitOfWork, id: TournamentId) -> Locked<'static, Tournament> {
    uow.lock_tournament(id).await.unwrap()
}

fn main() {}
