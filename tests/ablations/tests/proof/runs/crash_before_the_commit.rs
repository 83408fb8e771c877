//! A process dies before the commit of what it has paid.

use ablations::{Guard, without};
use app_service::{DistributeScope, ProgressListener};
use domain::AwardState;
use ports::{Actor, spi::Store};

use super::scene::{Fate, Scene};

pub(crate) const NAME: &str = "a crash before the commit of a payment";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::frozen(1, &[]).await;
    let dying = scene.until(Fate::Unsent, &without(&guards));
    let (cup, player) = (scene.cup, scene.arena.players[0]);
    let (scope, listener) = (DistributeScope::Pending, ProgressListener::default());

    dying.distribute(cup, scope, &listener, &Actor::new("a dying process")).await.unwrap_err();

    let award = scene.memory().find_award(cup, player).await.unwrap().unwrap().award;
    let posted = scene.memory().find_entries(cup, &[player]).await.unwrap();
    let on_paper = award.state == AwardState::Applied && posted.is_empty();
    on_paper.then(|| "an award says that it is paid, and nothing was posted".to_owned())
}
