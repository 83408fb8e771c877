//! A claim is marked once: marking takes it.
use domain::Tournament;
use ports::{
    Locked,
    spi::{AwardOutcome, Claim},
};

async fn twice(tournament: Locked<'_, Tournament>, claim: &Claim, outcomes: &[AwardOutcome]) {
    let awards = tournament.claim_awards(claim).await.unwrap();
    awards.mark(outcomes).await.unwrap();
    awards.mark(outcomes).await.unwrap();
}

fn main() {}
