//! A store refuses what one of two participants is to be paid.

use ablations::Guard;
use app_service::DistributeScope;
use conformance::{Fault, Harness};
use domain::Currency;

use super::scene::Scene;

pub(crate) const NAME: &str = "a distribution of which one of two is refused";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::frozen(2, &guards).await;
    let taken = Fault::TakenEntryNumber(scene.arena.players[0], Currency::Xp);
    scene.harness.plant(taken).await;

    let paid = scene.arena.clone().distribute(scene.cup, DistributeScope::Pending).await;

    let nobody = paid.is_ok_and(|it| it.applied == 1);
    (!nobody).then(|| "nobody was paid because of one".to_owned())
}
