//! A commit happens, and its answer gets lost.

use ablations::{Guard, without};
use app_service::FinalizeOptions;
use ports::Actor;

use super::scene::{Fate, Scene};

pub(crate) const NAME: &str = "a commit whose answer gets lost";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::played(2, &[]).await;
    let guerdon = scene.after(Fate::Unanswered, &without(&guards));

    let paid = guerdon.finalize(scene.cup, FinalizeOptions::default(), &Actor::new("test")).await;

    assert_eq!(scene.totals().await.applied, 2, "the commit has happened");
    paid.err().map(|it| it.to_string())
}
