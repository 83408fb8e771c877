//! Text that PostgreSQL has no place for.

use std::sync::Arc;

use crashes::{DatabaseGround, UseCase};
use domain::NewPlayer;
use ports::{StoreError, UnitsOfWork};

use super::Scene;

/// The use cases refuse such a text before. Whoever goes past them is told what is wrong, too.
#[tokio::test]
async fn a_nul_is_the_callers_mistake_and_not_a_corrupt_row() {
    let scene = Scene::set(DatabaseGround::postgres().await, UseCase::FinalizeInOneChunk).await;
    let (store, guerdon) = scene.opened(|_| {}).await;
    let mut uow = UnitsOfWork::new(Arc::new(store)).begin().await.expect("it begins");
    let nul = NewPlayer::new("nobody", "no\0body");

    let ended = uow.register_players(&[nul]).await;
    drop(uow);
    let error = scene.assert_untouched(ended.map(drop).map_err(Into::into)).await;

    assert!(matches!(error, StoreError::Invalid { .. }), "{error:?}");
    scene.assert_completes(&guerdon).await;
}
