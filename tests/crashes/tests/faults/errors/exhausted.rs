//! There is no connection to be had.

use std::time::Duration;

use app_service::Guerdon;
use crashes::{DatabaseGround, UseCase};
use ports::{
    StoreError, TransientCause,
    spi::{Store, Transaction},
};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

use super::Scene;

const HASTY: Duration = Duration::from_millis(500);

#[tokio::test]
async fn an_exhausted_pool_on_sqlite_is_given_up_and_nothing_is_written() {
    exhausts_its_pool(DatabaseGround::sqlite().await).await;
}

#[tokio::test]
async fn an_exhausted_pool_on_postgres_is_given_up_and_nothing_is_written() {
    exhausts_its_pool(DatabaseGround::postgres().await).await;
}

/// 53300, by the server itself: the role may have one connection, and has it. The driver asks again
/// until its patience ends.
#[tokio::test]
async fn a_server_without_a_connection_to_spare_is_given_up_and_nothing_is_written() {
    let scene = Scene::set(DatabaseGround::postgres().await, UseCase::FinalizeInOneChunk).await;
    let role = format!("narrow_{}", std::process::id());
    scene
        .say(&format!(
            "CREATE ROLE {role} LOGIN CONNECTION LIMIT 1; \
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        ))
        .await;
    let (_, rest) = scene.ground.url().split_once('@').expect("a user");
    let usual = ConnectOptions::new(format!("postgres://{role}@{rest}"));
    let options = ConnectOptions { acquire_timeout: HASTY, ..usual };
    let store = SeaOrmStore::connect_with(&options).await.expect("one connection is allowed");
    let guerdon = scene.use_case.guerdon(std::sync::Arc::new(store.clone()));

    let only = gives_up(&scene, &store, &guerdon).await;

    only.rollback().await.expect("it ends");
    store.connection().close_by_ref().await.expect("it closes");
    completes_with_connections_to_spare(&scene).await;
    scene.say(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}

async fn exhausts_its_pool(ground: DatabaseGround) {
    let scene = Scene::set(ground, UseCase::FinalizeInOneChunk).await;
    let narrow = |it: &mut ConnectOptions| {
        it.connections_max = 1;
        it.acquire_timeout = HASTY;
    };
    let (store, guerdon) = scene.opened(narrow).await;

    let only = gives_up(&scene, &store, &guerdon).await;

    only.rollback().await.expect("it ends");
    completes_with_connections_to_spare(&scene).await;
}

/// Patiently: how soon a connection is back in its pool is not what is tested.
async fn completes_with_connections_to_spare(scene: &Scene) {
    let (_, guerdon) = scene.opened(|_| {}).await;
    scene.assert_completes(&guerdon).await;
}

/// Somebody has the only connection.
async fn gives_up(scene: &Scene, store: &SeaOrmStore, guerdon: &Guerdon) -> Box<dyn Transaction> {
    let only = begun(store).await;

    let ended = scene.use_case.run(guerdon).await;
    let error = scene.assert_untouched(ended).await;

    let StoreError::Transient { cause, .. } = &error else { panic!("{error:?}") };
    assert_eq!(*cause, TransientCause::PoolExhausted);
    only
}

/// A transaction on the only connection. Opening the store has used it: it may be a moment before it
/// is back, and whoever asks the server for another meanwhile is refused until its patience ends.
async fn begun(store: &SeaOrmStore) -> Box<dyn Transaction> {
    for _ in 0..20 {
        if let Ok(only) = store.begin().await {
            return only;
        }
    }
    panic!("the only connection does not come back");
}
