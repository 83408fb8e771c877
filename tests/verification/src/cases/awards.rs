//! INV-R01, INV-R04, INV-R08: awards, what they pay, and what was planned.

use app_service::Invariant;
use domain::TournamentId;
use serde_json::json;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, and_guards, assert_red, check, red},
};

/// Two awards owe twice what was paid, earn two steps, and are not what was planned.
pub async fn r01_second_award_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::SecondAward(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    let red = [Invariant::R01, Invariant::R04, Invariant::R08, Invariant::S03];
    assert_red(&report, &and_guards(saboteur, &red), "awards", scene.winner());
}

/// The balance adds up, and is one more than it should be.
pub async fn r04_entry_that_pays_more_than_its_award_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::Overpaid(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R04], "awards", scene.winner());
}

/// No number holds what base and bonus of such an award come to.
pub async fn r04_award_that_is_too_large_to_be_added_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::HugeAward(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R04, Invariant::R08], "awards", scene.winner());
}

/// Everything about the entry is right but that nothing is owed.
pub async fn r04_entry_without_an_award_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let nowhere = TournamentId::of("nowhere");
    saboteur.sabotage(Sabotage::UnawardedEntry(nowhere, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R04], "ledger_entries", nowhere);
}

/// What was paid is owed again: the next distribution would be kept from paying by the keys alone.
pub async fn r04_award_that_was_set_back_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UnappliedAward(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    let red = [Invariant::R04, Invariant::R07, Invariant::S03];
    assert_red(&report, &red, "awards", scene.winner());
}

/// Everything agrees about what a correction has left with the player, but the policy.
pub async fn r04_credits_that_nobody_forgave_are_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    scene.disqualify(scene.paid, scene.winner()).await;
    saboteur.sabotage(Sabotage::Forgiven(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R04], "awards", scene.winner());
}

/// The prize was spent; the policy lets it go.
pub async fn r04_credits_that_the_policy_forgives_are_no_violation(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let lenient = scene.paid_under(&json!({ "version": 1, "clawback": "forgive" })).await;
    scene.spend(scene.winner(), 150).await;
    scene.disqualify(lenient, scene.winner()).await;

    let report = scene.verify().await;

    assert_eq!(red(&report), []);
    let reward = scene.arena.guerdon.profile(scene.winner()).await.expect("a profile");
    assert_eq!((reward.credit_balance, reward.debt), (0, 0), "50 of 100 were let go");
}

/// What is paid stays the same; what it was paid for does not.
pub async fn r08_award_that_was_edited_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::EditedAward(scene.frozen, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R08], "tournaments", scene.frozen);
}

/// Somebody who was planned to be paid never will be.
pub async fn r08_award_that_was_deleted_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::DeletedAward(scene.frozen, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R08], "tournaments", scene.frozen);
}

/// A policy that cannot even be read must not keep other plans from being looked at.
pub async fn r08_policy_that_was_edited_is_seen_and_hides_nothing(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::EditedPolicy(scene.frozen)).await;
    saboteur.sabotage(Sabotage::EditedAward(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R08], "tournaments", scene.frozen);
    assert_red(&report, &[Invariant::R08], "tournaments", scene.paid);
    assert_eq!(check(&report, Invariant::R08).violations_total, 2);
}

/// An award that cannot even be read must not keep other plans from being looked at. In memory there
/// is no such award.
pub async fn r08_award_that_cannot_be_read_is_seen_and_hides_nothing(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UnreadableAward(scene.frozen, scene.winner())).await;
    saboteur.sabotage(Sabotage::EditedAward(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    let red = and_guards(saboteur, &[Invariant::R08]);
    assert_red(&report, &red, "tournaments", scene.paid);
    let plans = if saboteur.has_schema() {
        assert_red(&report, &red, "awards", scene.frozen);
        2
    } else {
        1
    };
    assert_eq!(check(&report, Invariant::R08).violations_total, plans);
}
