//! A correction says that somebody was not there at the first of two tournaments: the badge of a
//! first tournament moves to the second one.

use ablations::Guard;
use domain::BadgeType;
use ports::spi::Store;
use races::amended;

use super::scene::Scene;

pub(crate) const NAME: &str = "the badge of a first tournament moves to the second one";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::paid_twice(2, &guards).await;
    let arena = scene.arena.clone();
    let player = arena.players[0];

    let correction = arena.correction(scene.cup, amended(&arena.players[1..])).await.unwrap();
    let corrected = arena.correct(scene.cup, correction).await.unwrap();

    assert!(corrected.is_complete(), "{corrected:?}");
    let badges = scene.memory().find_badges(&[player]).await.unwrap();
    let first = badges.iter().filter(|it| it.badge == BadgeType::FirstTournament);
    let has = first.filter(|it| it.revoked.is_none()).count();
    (has != 1).then(|| format!("a badge of a life is had {has} times"))
}
