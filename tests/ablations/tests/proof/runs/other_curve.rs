//! A tournament pays another amount for a level that its players have reached by the one before.

use ablations::Guard;
use domain::RewardPolicy;
use serde_json::json;

use super::scene::Scene;

pub(crate) const NAME: &str = "a level is worth something else in the next tournament";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::paid_with_levels(2, &guards).await;
    let arena = scene.arena.clone();
    let levels = json!({ "steps": [{ "xp": 300, "credits": 11 }] });
    let policy = RewardPolicy::from_document(&json!({ "version": 1, "levels": levels })).unwrap();
    let next = arena.tournament_under(policy, "next", &arena.players).await;

    let paid = arena.finalize(next).await.unwrap();

    let unpaid = paid.failed.len();
    (unpaid > 0).then(|| format!("{unpaid} could not be paid"))
}
