//! A paid tournament is corrected: the first player ends as before, the second and the third change
//! places.

use ablations::Guard;
use app_service::GuerdonError;
use ports::spi::Store;
use races::amended;

use super::scene::Scene;

pub(crate) const NAME: &str = "a paid tournament is corrected";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::paid(3, &guards).await;
    match second_and_third_change_places(&scene).await {
        Ok(0) => not_as_owed(&scene, 0..3).await,
        Ok(failed) => Some(format!("{failed} could not be paid the difference")),
        Err(error) => Some(error.to_string()),
    }
}

/// What goes wrong for somebody of whom nothing is planned otherwise.
pub(crate) mod untouched {
    use super::*;

    pub(crate) const NAME: &str = "a paid tournament is corrected beside somebody";

    pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
        let scene = Scene::paid(3, &guards).await;
        let corrected = second_and_third_change_places(&scene).await;
        assert_eq!(corrected.unwrap(), 0);
        not_as_owed(&scene, 0..1).await
    }
}

/// Answers how many could not be paid.
async fn second_and_third_change_places(scene: &Scene) -> Result<usize, GuerdonError> {
    let arena = scene.arena.clone();
    let [first, second, third] = arena.players[..] else { panic!("three players") };
    let correction = arena.correction(scene.cup, amended(&[first, third, second])).await?;
    Ok(arena.correct(scene.cup, correction).await?.failed.len())
}

/// Whoever of these players has something else than the award says.
async fn not_as_owed(scene: &Scene, players: std::ops::Range<usize>) -> Option<String> {
    for player in &scene.arena.players[players] {
        let found = scene.memory().find_players(&[*player]).await.unwrap();
        let paid = found[0].state.as_ref().unwrap().accounts.xp.balance;
        let award = scene.memory().find_award(scene.cup, *player).await.unwrap().unwrap().award;
        let owed = award.planned.reward.xp();
        if paid != owed {
            return Some(format!("{paid} XP for an award of {owed}"));
        }
    }
    None
}
