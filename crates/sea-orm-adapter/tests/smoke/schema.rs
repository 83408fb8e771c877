//! A database without its schema, and how it gets one.

use std::error::Error;

use ports::{StoreError, spi::Store};
use sea_orm_adapter::{NoSchema, SeaOrmStore};
use test_databases::{blank_postgres, blank_sqlite};

#[tokio::test]
async fn a_blank_sqlite_database_says_what_to_run() {
    let database = blank_sqlite();
    says_what_to_run(&SeaOrmStore::connect(database.url()).await.unwrap()).await;
}

#[tokio::test]
async fn a_blank_postgres_database_says_what_to_run() {
    let database = blank_postgres().await;
    says_what_to_run(&SeaOrmStore::connect(database.url()).await.unwrap()).await;
}

#[tokio::test]
async fn a_database_in_memory_keeps_its_schema() {
    let store = SeaOrmStore::connect("sqlite::memory:").await.unwrap();

    store.migrate().await.unwrap();

    store.check_schema().await.unwrap();
    assert_eq!(store.list_players(None, 10).await.unwrap(), []);
}

async fn says_what_to_run(store: &SeaOrmStore) {
    let read = store.list_players(None, 10).await.unwrap_err();
    let checked = store.check_schema().await.unwrap_err();

    for error in [read, checked] {
        assert!(matches!(error, StoreError::Unusable { .. }), "{error}");
        let source = error.source().and_then(|it| it.downcast_ref::<NoSchema>());
        assert!(source.unwrap().to_string().contains("guerdon migrate up"));
    }
    store.migrate().await.unwrap();
    store.check_schema().await.unwrap();
}
