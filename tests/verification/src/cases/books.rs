//! INV-R07: rewards are distributed exactly when nothing is owed, and nothing is owed for too long.

use app_service::{Invariant, VerifyOptions};
use domain::TournamentStatus;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, and_guards, assert_red, impatient, red},
};

/// Whoever is owed would never be paid: no distribution looks at closed books.
pub async fn r07_closed_books_with_a_pending_award_are_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let closed = TournamentStatus::RewardsDistributed;
    saboteur.sabotage(Sabotage::Status(scene.frozen, closed)).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R07], "tournaments", scene.frozen);
}

/// The next distribution would take the award for one that is still to be paid.
pub async fn r07_award_that_is_paid_and_pending_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::PaidAndPending(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    let red = and_guards(saboteur, &[Invariant::R07]);
    assert_red(&report, &red, "tournaments", scene.paid);
}

/// The same awards are green for whoever has patience.
pub async fn r07_award_that_is_pending_for_too_long_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let patient = scene.verify().await;

    let report = scene.verify_with(impatient()).await;

    assert_eq!(red(&patient), []);
    let first_owed = *scene.players.iter().min().expect("there are players");
    assert_red(&report, &[Invariant::R07], "tournaments", scene.frozen);
    assert_red(&report, &[Invariant::R07], "awards", first_owed);
}

/// Everybody is paid, and nobody has said so.
pub async fn r07_books_that_nobody_closed_are_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::Status(scene.paid, TournamentStatus::Completed)).await;
    let patient = scene.verify().await;

    let report = scene.verify_with(impatient()).await;

    assert_eq!(red(&patient), []);
    assert_red(&report, &[Invariant::R07], "tournaments", scene.paid);
}

/// A failed award is allowed, and needs a person.
pub async fn r07_failed_award_is_a_violation_when_strict(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::FailedAward(scene.frozen, scene.winner())).await;
    let lenient = scene.verify().await;

    let report = scene.verify_with(VerifyOptions { strict: true, ..Default::default() }).await;

    assert_eq!(red(&lenient), []);
    assert_red(&report, &[Invariant::R07], "tournaments", scene.frozen);
}

/// Whatever it says, nobody can be paid. In memory there is no such status.
pub async fn r07_status_that_cannot_be_read_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UnreadableStatus(scene.paid)).await;

    let report = scene.verify().await;

    if saboteur.has_schema() {
        let red = and_guards(saboteur, &[Invariant::R07, Invariant::R08]);
        assert_red(&report, &red, "tournaments", scene.paid);
    } else {
        assert_eq!(red(&report), []);
    }
}
