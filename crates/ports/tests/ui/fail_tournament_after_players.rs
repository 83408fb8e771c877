//! Lock order: with players held, no tournament can be locked.
use domain::{LockOrder, NewEntry, PlayerId, TournamentId};
use ports::UnitOfWork;

async fn backwards(
    mut uow: UnitOfWork,
    id: TournamentId,
    order: &LockOrder<PlayerId>,
    entries: &[NewEntry],
) {
    let players = uow.lock_players(order).await.unwrap();
    let _tournament = uow.lock_tournament(id).await.unwrap();
    players.post_entries(entries).await.unwrap();
}

fn main() {}
