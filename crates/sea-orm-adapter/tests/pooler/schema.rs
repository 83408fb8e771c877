//! The schema is made, and looked at, through a pooler as well as past it.

use sea_orm_adapter::SeaOrmStore;
use tokio::task::JoinSet;

use crate::harness::Pooled;

/// More than there are sessions.
const MIGRATORS: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn migrators_that_meet_behind_a_pooler_migrate_once() {
    let pooled = Pooled::blank().await;
    let missing = pooled.store().await.check_schema().await;
    let mut migrators = JoinSet::new();
    for _ in 0..MIGRATORS {
        let store = pooled.store().await;
        migrators.spawn(async move { store.migrate().await });
    }

    let outcomes = migrators.join_all().await;

    assert!(missing.is_err(), "there is no schema before");
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    checked(&pooled.direct).await;
    checked(&pooled.store().await).await;
}

#[tokio::test]
async fn migrations_are_listed_and_taken_back_behind_a_pooler() {
    let pooled = Pooled::crowded().await;
    let store = pooled.store().await;

    migrations::down(&store, Some(1)).await.unwrap();
    let status = migrations::status(&store).await.unwrap();
    migrations::up(&store).await.unwrap();

    let applied = status.iter().filter(|(_, applied)| *applied).count();
    assert_eq!(applied, status.len() - 1);
    checked(&store).await;
}

async fn checked(store: &SeaOrmStore) {
    assert!(store.check_schema().await.is_ok(), "the schema is there");
}
