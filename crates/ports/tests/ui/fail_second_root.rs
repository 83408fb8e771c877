//! A unit of work has one root: two tournaments cannot be held side by side.
use domain::TournamentId;
use ports::{Actor, UnitOfWork};

async fn both(mut uow: UnitOfWork, ours: TournamentId, theirs: TournamentId, actor: &Actor) {
    let first = uow.lock_tournament(ours).await.unwrap();
    let second = uow.lock_tournament(theirs).await.unwrap();
    first.cancel(actor).await.unwrap();
    second.cancel(actor).await.unwrap();
}

fn main() {}
