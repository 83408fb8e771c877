//! Text that PostgreSQL has no place for.

use app_service::FinalizeOptions;
use crashes::{DatabaseGround, UseCase};
use domain::TournamentId;
use ports::{Actor, StoreError};

use super::Scene;

/// Names of players and tournaments are refused before; an actor's gets as far as the database.
#[tokio::test]
async fn a_nul_is_the_callers_mistake_and_not_a_corrupt_row() {
    let scene = Scene::set(DatabaseGround::postgres().await, UseCase::FinalizeInOneChunk).await;
    let (_, guerdon) = scene.opened(|_| {}).await;
    let (cup, nobody) = (TournamentId::of("cup"), Actor::new("no\0body"));

    let ended = guerdon.finalize(cup, FinalizeOptions::default(), &nobody).await;
    let error = scene.assert_untouched(ended.map(drop)).await;

    assert!(matches!(error, StoreError::Invalid { .. }), "{error:?}");
    scene.assert_completes(&guerdon).await;
}
