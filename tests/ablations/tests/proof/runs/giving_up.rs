//! A worker claims an award and gives up while another one closes the books.

use ablations::Guard;
use app_service::DistributeScope;
use ports::{
    UnitsOfWork,
    spi::{Claim, ClaimScope, ClaimStates},
};

use super::scene::Scene;

pub(crate) const NAME: &str = "a worker gives up while another closes the books";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::frozen(1, &guards).await;
    let mut giving_up = UnitsOfWork::new(scene.memory().shared()).begin().await.unwrap();
    let tournament = giving_up.share_tournament(scene.cup).await.unwrap();
    let next = ClaimScope::Next { after: None, limit: 1 };
    let claim = Claim { scope: next, states: ClaimStates::Pending };
    assert_eq!(tournament.claim_awards(&claim).await.unwrap().as_slice().len(), 1);

    let other = scene.arena.clone().distribute(scene.cup, DistributeScope::Pending);
    let other = tokio::spawn(other);
    while !other.is_finished() && scene.memory().transactions_waiting() == 0 {
        tokio::task::yield_now().await;
    }
    giving_up.rollback().await.unwrap();

    let _ = other.await.unwrap().expect("whoever closes the books gets an answer");
    let owed = scene.totals().await.pending > 0;
    owed.then(|| "somebody is owed, and nobody is at work".to_owned())
}
