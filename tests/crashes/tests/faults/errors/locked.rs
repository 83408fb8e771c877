//! Somebody else holds what is needed, for longer than it is waited for.

use std::time::Duration;

use crashes::{DatabaseGround, UseCase};
use domain::LockOrder;
use ports::{StoreError, TransientCause};

use super::Scene;

const HASTY: Duration = Duration::from_millis(50);

/// 55P03, by the server itself.
#[tokio::test]
async fn a_row_of_postgres_that_stays_locked_is_given_up_and_nothing_is_written() {
    let scene = Scene::set(DatabaseGround::postgres().await, UseCase::FinalizeInOneChunk).await;
    let (_, guerdon) = scene.opened(|it| it.lock_timeout = Some(HASTY)).await;
    let players = LockOrder::of(races::Arena::cast(5).iter().map(|it| it.id));
    let holder = scene.healthy.begin().await.expect("it begins");
    holder.select_players_for_update(&players).await.expect("the rows are free");

    let ended = scene.use_case.run(&guerdon).await;
    let error = scene.assert_untouched(ended).await;

    assert_cause(&error, TransientCause::LockTimeout);
    holder.rollback().await.expect("it ends");
    scene.assert_completes(&guerdon).await;
}

/// `SQLITE_BUSY`, by the library itself.
#[tokio::test]
async fn a_file_that_another_writes_is_given_up_and_nothing_is_written() {
    let scene = Scene::set(DatabaseGround::sqlite().await, UseCase::FinalizeInOneChunk).await;
    let (_, guerdon) = scene.opened(|it| it.lock_timeout = Some(HASTY)).await;
    let writer = scene.healthy.begin().await.expect("it begins");

    let ended = scene.use_case.run(&guerdon).await;
    let error = scene.assert_untouched(ended).await;

    assert_cause(&error, TransientCause::Busy);
    writer.rollback().await.expect("it ends");
    scene.assert_completes(&guerdon).await;
}

fn assert_cause(error: &StoreError, expected: TransientCause) {
    let as_expected = matches!(error, StoreError::Transient { cause, .. } if *cause == expected);
    assert!(as_expected, "{error:?}");
}
