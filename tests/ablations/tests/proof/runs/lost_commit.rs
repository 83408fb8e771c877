//! A commit gets lost on its way, and nobody answers.

use ablations::{Guard, without};
use app_service::FinalizeOptions;
use ports::Actor;

use super::scene::{Fate, Scene};

pub(crate) const NAME: &str = "a commit that gets lost";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::played(2, &[]).await;
    let guerdon = scene.after(Fate::Lost, &without(&guards));

    let paid = guerdon.finalize(scene.cup, FinalizeOptions::default(), &Actor::new("test")).await;

    let (told, stored) = (paid.unwrap().applied, scene.totals().await.applied);
    (told != stored).then(|| "payments were reported that did not happen".to_owned())
}
