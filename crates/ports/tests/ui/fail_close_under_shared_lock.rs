//! Whoever shares a tournament cannot close it: closing waits for all who share.
use domain::TournamentId;
use ports::{Actor, UnitOfWork};

async fn hasty(mut uow: UnitOfWork, id: TournamentId, actor: &Actor) {
    let tournament = uow.share_tournament(id).await.unwrap();
    tournament.mark_distributed(actor).await.unwrap();
}

fn main() {}
