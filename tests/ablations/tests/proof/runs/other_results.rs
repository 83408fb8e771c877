//! Other results come in between the preview of a plan and its payment.

use ablations::Guard;
use app_service::{FinalizeOptions, GuerdonError};
use domain::PlannedAward;
use ports::{Actor, spi::Store};

use super::scene::Scene;

pub(crate) const NAME: &str = "other results between preview and finalize";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::played(2, &guards).await;
    let (cup, arena) = (scene.cup, &scene.arena);
    let shown = arena.guerdon.preview(cup, 10).await.unwrap();
    let backwards: Vec<_> = arena.players.iter().rev().copied().collect();
    arena.submit(cup, &backwards).await.unwrap();

    let expected_plan = (!guards.contains(&Guard::PlanHash)).then_some(shown.plan_hash);
    let options = FinalizeOptions { expected_plan, ..FinalizeOptions::default() };
    let ended = arena.guerdon.finalize(cup, options, &Actor::new("whoever previewed")).await;

    match ended {
        Err(GuerdonError::StalePlan { .. }) => None,
        ended => {
            assert!(ended.unwrap().is_complete());
            not_as_shown(&scene, &shown.awards).await
        }
    }
}

/// Who was paid something else than was shown.
async fn not_as_shown(scene: &Scene, shown: &[PlannedAward]) -> Option<String> {
    for award in shown {
        let found = scene.memory().find_players(&[award.player]).await.unwrap();
        let paid = found[0].state.as_ref().unwrap().accounts.xp.balance;
        let shown = award.reward.xp();
        if paid != shown {
            return Some(format!("{paid} XP were paid where {shown} XP had been shown"));
        }
    }
    None
}
