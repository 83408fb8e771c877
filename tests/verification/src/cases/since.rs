//! What is looked at, and how much is said about it.

use app_service::{Invariant, VerifyOptions};

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, check, red},
};

/// With `since`, only what belongs to those of whom anything was recorded since is looked at.
pub async fn old_violations_are_left_out_and_new_ones_are_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::BalanceOffByOne(scene.winner())).await;
    let everything = scene.verify().await;
    let since = |since| VerifyOptions { since: Some(since), ..VerifyOptions::default() };

    let before = scene.verify_with(since(everything.started_at - HOUR)).await;
    let after = scene.verify_with(since(everything.finished_at + HOUR)).await;

    assert_eq!(red(&before), [Invariant::R03]);
    assert_eq!(rows(&before), rows(&everything));
    assert_eq!(red(&after), []);
    let whatever_since = [Invariant::R06, Invariant::R07];
    let looked_at = after.checks.iter().filter(|it| it.rows_checked > 0).map(|it| it.invariant);
    assert!(looked_at.into_iter().all(|it| whatever_since.contains(&it)), "{after:#?}");
}

/// Three accounts are wrong, and one of them is described.
pub async fn violations_are_all_counted_and_the_first_described(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    for player in &scene.players {
        saboteur.sabotage(Sabotage::BalanceOffByOne(*player)).await;
    }

    let options = VerifyOptions { violations_max: 1, ..VerifyOptions::default() };
    let report = scene.verify_with(options).await;

    let balances = check(&report, Invariant::R03);
    assert_eq!((balances.violations_total, balances.violations.len()), (3, 1));
    let first = scene.players.iter().min().expect("there are players").to_string();
    assert!(balances.violations[0].rows[0].key.contains(&first), "{balances:#?}");
}

const HOUR: std::time::Duration = std::time::Duration::from_hours(1);

fn rows(report: &app_service::VerifyReport) -> Vec<u64> {
    report.checks.iter().map(|it| it.rows_checked).collect()
}
