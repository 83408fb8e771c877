//! INV-R09: what was charged, and what the ledger took for it.

use app_service::{Invariant, Spending, SystemClock, Timestamp};
use domain::ChargeId;
use time::Duration;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, assert_red, red},
};

/// Everything adds up, but for what the charge says of itself.
pub async fn r09_charge_that_was_edited_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    hold(&scene, None).await;
    saboteur.sabotage(Sabotage::CheaperCharge(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R09], "charges", scene.winner());
}

/// Credits were taken, and nobody can say what for.
pub async fn r09_entry_without_its_charge_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    hold(&scene, None).await;
    saboteur.sabotage(Sabotage::DeletedCharge(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R09], "ledger_entries", ChargeId::of("sword"));
}

/// Nobody looks after the holds.
pub async fn r09_hold_that_is_open_for_too_long_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    hold(&scene, Some(SystemClock::shared().now() + Duration::DAY)).await;
    saboteur.sabotage(Sabotage::OverdueHold(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R09], "charges", scene.winner());
}

/// Whoever looks after the holds needs time to come by.
pub async fn r09_hold_that_has_just_become_due_is_not_overdue(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    hold(&scene, Some(SystemClock::shared().now() - Duration::MINUTE)).await;

    let report = scene.verify().await;

    assert_eq!(red(&report), []);
}

/// Sets some of the winner's credits aside.
async fn hold(scene: &Scene, expires_at: Option<Timestamp>) {
    let spending = Spending {
        player: scene.winner(),
        charge: ChargeId::of("sword"),
        amount: 60,
        memo: "a sword".to_owned(),
    };
    let held = scene.arena.guerdon.hold(spending, expires_at).await;
    held.expect("the winner has a hundred");
}
