//! Lock order: with a tournament held, players are reached through its awards and in no other way.
use domain::{LockOrder, PlayerId, TournamentId};
use ports::{UnitOfWork, spi::Claim};

async fn shortcut(
    mut uow: UnitOfWork,
    id: TournamentId,
    order: &LockOrder<PlayerId>,
    claim: &Claim,
) {
    let tournament = uow.share_tournament(id).await.unwrap();
    let _players = uow.lock_players(order).await.unwrap();
    let _awards = tournament.claim_awards(claim).await.unwrap();
}

fn main() {}
