//! Players are locked in a `LockOrder`, never in the order in which somebody listed them.
use domain::PlayerId;
use ports::UnitOfWork;

async fn in_any_order(mut uow: UnitOfWork, players: Vec<PlayerId>) {
    uow.lock_players(&players).await.unwrap();
}

fn main() {}
