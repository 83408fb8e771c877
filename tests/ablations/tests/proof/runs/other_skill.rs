//! A coach assesses one skill of a player whom a tournament has taught several.

use ablations::Guard;
use app_service::DistributeScope;
use domain::{Assessment, AssessmentId, SkillName, Tenths};

use super::scene::Scene;

pub(crate) const NAME: &str = "an assessment of one skill behind a step of several";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let Scene { arena, cup, .. } = Scene::frozen(1, &guards).await;
    let player = arena.players[0];
    let technique = SkillName::new("technique").unwrap();
    let others = async || {
        let profile = arena.guerdon.profile(player).await.unwrap();
        profile.skills.into_iter().filter(|it| it.skill != technique).collect::<Vec<_>>()
    };
    let _ = arena.clone().distribute(cup, DistributeScope::Pending).await.unwrap();
    let taught = others().await;

    let (id, percentage) = (AssessmentId::of("word"), Tenths::new(700));
    let skill = technique.clone();
    let word = Assessment { id, player, skill, percentage, assessor: "coach".to_owned() };
    let _ = arena.guerdon.assess(word).await.unwrap();

    let moved = others().await != taught;
    moved.then(|| "a skill that nobody has assessed has moved".to_owned())
}
