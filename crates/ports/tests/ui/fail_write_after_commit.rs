//! A commit ends the life of every lock.
use domain::{LockOrder, NewEntry, PlayerId};
use ports::UnitOfWork;

async fn late(mut uow: UnitOfWork, order: &LockOrder<PlayerId>, entries: &[NewEntry]) {
    let players = uow.lock_players(order).await.unwrap();
    uow.commit().await.unwrap();
    players.post_entries(entries).await.unwrap();
}

fn main() {}
