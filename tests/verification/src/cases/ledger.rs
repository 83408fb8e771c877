//! INV-R03, INV-R05: balances, the chain of entries, and their keys.

use app_service::Invariant;
use domain::TournamentId;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, and_guards, assert_red},
};

/// A balance that its ledger does not explain.
pub async fn r03_balance_off_by_one_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::BalanceOffByOne(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R03], "accounts", scene.winner());
}

/// An entry number that was left out; everything else adds up.
pub async fn r03_gap_in_the_numbers_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::GapInNumbers(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R03], "ledger_entries", scene.winner());
}

/// An entry that does not leave what it should; the sum is right.
pub async fn r03_wrong_balance_after_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::WrongBalanceAfter(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R03], "ledger_entries", scene.winner());
}

/// Entries of an account that is not there. In memory an account cannot be missing: it is empty.
pub async fn r03_ledger_without_its_account_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::LostAccount(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R03], "accounts", scene.winner());
}

/// No number holds what such an entry and the one before come to: it must not hide behind that.
pub async fn r03_entry_that_is_too_large_to_be_added_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let nowhere = TournamentId::of("nowhere");
    saboteur.sabotage(Sabotage::HugeEntry(nowhere, scene.winner())).await;

    let report = scene.verify().await;

    let red = [Invariant::R03, Invariant::R04];
    assert_red(&report, &red, "ledger_entries", scene.winner());
    assert_red(&report, &red, "accounts", scene.winner());
}

/// Two entries under one key, which is not the one that the second entry's cause makes.
pub async fn r05_equal_keys_are_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::EqualKeys(scene.winner())).await;

    let report = scene.verify().await;

    let red = and_guards(saboteur, &[Invariant::R05]);
    assert_red(&report, &red, "ledger_entries", "idempotency_key=reward:");
}

/// An entry that could be posted once more.
pub async fn r05_missing_key_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::NoKey(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R05], "ledger_entries", scene.winner());
}

/// An entry under a key that keeps another one out, and itself not.
pub async fn r05_key_of_another_cause_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::ForeignKey(TournamentId::of("nowhere"), scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R05], "ledger_entries", scene.winner());
}

/// The same cause under another key: posting it again would pay twice.
pub async fn r05_key_that_is_spelled_another_way_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::MisspelledKey(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R05], "ledger_entries", scene.winner());
}
