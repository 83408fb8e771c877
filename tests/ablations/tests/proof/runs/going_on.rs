//! A caller that holds its unit of work itself goes on after the store has refused an entry.

use ablations::Guard;
use conformance::{Fault, Harness};
use domain::{AwardState, Currency, Settlement, settle};
use ports::{
    StoreError, UnitsOfWork,
    spi::{AwardOutcome, Claim, ClaimScope, ClaimStates, Store, Verdict},
};

use super::scene::Scene;

pub(crate) const NAME: &str = "a caller goes on after a refusal";

pub(crate) async fn run(guards: Vec<Guard>) -> Option<String> {
    let scene = Scene::frozen(1, &guards).await;
    let (cup, player) = (scene.cup, scene.arena.players[0]);
    scene.harness.plant(Fault::TakenEntryNumber(player, Currency::Xp)).await;

    let _ = pay_whatever_is_refused(&scene).await;

    let award = scene.memory().find_award(cup, player).await.unwrap().unwrap().award;
    let posted = scene.memory().find_entries(cup, &[player]).await.unwrap();
    let on_paper = award.state == AwardState::Applied && posted.is_empty();
    on_paper.then(|| "an award says that it is paid, and nothing was posted".to_owned())
}

/// Marks the award and commits, whatever has become of its entries.
async fn pay_whatever_is_refused(scene: &Scene) -> Result<(), StoreError> {
    let mut uow = UnitsOfWork::new(scene.harness.store()).begin().await?;
    let cup = uow.share_tournament(scene.cup).await.unwrap();
    let next = ClaimScope::Next { after: None, limit: 1 };
    let claim = Claim { scope: next, states: ClaimStates::Pending };
    let awards = cup.claim_awards(&claim).await?;
    let players = awards.lock_players().await?;
    let award = &awards.as_slice()[0];
    let player = players.get(award.planned.player).unwrap().as_ref().unwrap();
    let Settlement { entries, player, paid, .. } =
        settle(cup.id, award, player, &cup.policy).unwrap();

    players.post_entries(&entries).await.expect_err("its number is taken");

    awards.mark(&[AwardOutcome { player, verdict: Verdict::Applied(paid) }]).await?;
    uow.commit().await
}
