//! Other results come in between the preview of a plan and its payment.

use ablations::Guard;
use app_service::{FinalizeOptions, GuerdonError};
use ports::Actor;

use super::scene::Scene;

pub(crate) const NAME: &str = "other results between preview and finalize";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let Scene { arena, cup, .. } = Scene::played(2, &guards).await;
    let seen = arena.guerdon.preview(cup, 10).await.unwrap().plan_hash;
    let backwards: Vec<_> = arena.players.iter().rev().copied().collect();
    arena.submit(cup, &backwards).await.unwrap();

    let expected_plan = (!guards.contains(&Guard::PlanHash)).then_some(seen);
    let options = FinalizeOptions { expected_plan, ..FinalizeOptions::default() };
    let paid = arena.guerdon.finalize(cup, options, &Actor::new("whoever previewed")).await;

    match paid {
        Err(GuerdonError::StalePlan { .. }) => None,
        Ok(_) => Some("a plan was paid that nobody has seen".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}
