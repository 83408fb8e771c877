//! A tournament's lock does not permit writing what players own.
use domain::{NewEntry, TournamentId};
use ports::UnitOfWork;

async fn overreach(mut uow: UnitOfWork, id: TournamentId, entries: &[NewEntry]) {
    let tournament = uow.lock_tournament(id).await.unwrap();
    tournament.post_entries(entries).await.unwrap();
}

fn main() {}
