//! Closing the books is the last word: the tournament's lock is spent.
use domain::{Tournament, PlannedAward};
use ports::{Actor, Locked};

async fn afterthought(tournament: Locked<'_, Tournament>, awards: &[PlannedAward], actor: &Actor) {
    tournament.mark_distributed(actor).await.unwrap();
    tournament.plan_awards(awards).await.unwrap();
}

fn main() {}
