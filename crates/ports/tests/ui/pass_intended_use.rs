//! The one way through: lock, lock the next, write, mark, commit; and close in a unit of its own.
use domain::{NewEntry, PlayerId, TournamentId};
use ports::{
    Actor, UnitOfWork,
    spi::{AwardOutcome, Claim},
};

async fn pay(
    mut uow: UnitOfWork,
    (id, claim): (TournamentId, Claim),
    entries: &[NewEntry],
    outcomes: &[AwardOutcome],
) -> Result<(), Box<dyn std::error::Error>> {
    let tournament = uow.share_tournament(id).await?;
    let awards = tournament.claim_awards(&claim).await?;
    let players = awards.lock_players().await?;
    let savepoint = players.savepoint().await?;
    match players.post_entries(entries).await {
        Ok(_) => savepoint.release().await?,
        Err(_) => savepoint.rollback().await?,
    }
    awards.mark(outcomes).await?;
    uow.commit().await?;
    Ok(())
}

async fn close(mut uow: UnitOfWork, id: TournamentId) -> Result<(), Box<dyn std::error::Error>> {
    let tournament = uow.lock_tournament(id).await?;
    tournament.mark_distributed(&Actor::new("schedule")).await?;
    uow.commit().await?;
    Ok(())
}

async fn spend(
    mut uow: UnitOfWork,
    player: PlayerId,
    entry: NewEntry,
) -> Result<(), Box<dyn std::error::Error>> {
    let players = uow.lock_players(&domain::LockOrder::of([player])).await?;
    players.post_entries(&[entry]).await?;
    uow.commit().await?;
    Ok(())
}

fn main() {
    let _ = (pay, close, spend);
}
