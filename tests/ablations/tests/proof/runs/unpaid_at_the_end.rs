//! A tournament comes to its end while somebody could not be paid.

use ablations::Guard;
use app_service::DistributeScope;
use conformance::{Fault, Harness};
use domain::TournamentStatus;

use super::scene::Scene;

pub(crate) const NAME: &str = "a distribution that cannot pay one of two";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::frozen(2, &guards).await;
    scene.harness.plant(Fault::UnreadableProfile(scene.arena.players[0])).await;

    let paid = scene.arena.clone().distribute(scene.cup, DistributeScope::Pending).await.unwrap();

    assert_eq!((paid.applied, paid.failed.len()), (1, 1));
    let closed = paid.tournament.status == TournamentStatus::RewardsDistributed;
    closed.then(|| "the books are closed, and somebody is owed".to_owned())
}
