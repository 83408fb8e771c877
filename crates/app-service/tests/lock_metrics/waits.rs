//! Whoever comes second waits, and the wait is counted.

use std::sync::Arc;

use app_service::Quantiles;
use ports::UnitsOfWork;

use crate::scene::{Scene, cup, me, row};

#[tokio::test]
async fn the_wait_of_a_second_locker_is_measured() {
    let scene = Scene::new().await;
    let units = UnitsOfWork::new(Arc::new(scene.store.clone()));
    let mut first = units.begin().await.unwrap();
    drop(first.lock_tournament(cup()).await.unwrap());

    let guerdon = scene.guerdon.clone();
    let second = tokio::spawn(async move { guerdon.cancel(cup(), &me()).await });
    scene.steps.tournament_is_asked_for().await;
    scene.clock.pass(700);
    first.rollback().await.unwrap();
    second.await.unwrap().unwrap();

    let report = scene.report().await;
    let (asking, waiting) = (500.0, 700.0);
    let ms = asking + waiting;
    let wait = Quantiles { p50_ms: ms, p95_ms: ms, p99_ms: ms, max_ms: ms };
    assert_eq!(row(&report, "tournament", "end").wait, wait);
    let sentence = "tournament locks of `end` are waited for 1200 ms at p95: 500 ms are allowed";
    assert!(report.exceeded.iter().any(|it| it == sentence), "{:?}", report.exceeded);
}
