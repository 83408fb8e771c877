//! Fewer connections than there is work: nobody holds two, so everybody gets one.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon, Outcome, Settings, VerifyOptions};
use ports::{RetryPolicy, spi::Store};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};
use test_databases::{PostgresDatabase, SqliteDatabase, TestDatabase};

use crate::season::{actor, announced};

const PLAYERS: u32 = 60;
const WORKERS: u32 = 8;

#[tokio::test]
async fn eight_workers_share_two_connections() {
    workers_share::<PostgresDatabase>(2).await;
    workers_share::<SqliteDatabase>(2).await;
}

#[tokio::test]
async fn eight_workers_share_one_connection() {
    workers_share::<PostgresDatabase>(1).await;
    workers_share::<SqliteDatabase>(1).await;
}

/// Nothing is tried again: whoever held a connection and waited for another one would fail here.
async fn workers_share<Database: TestDatabase>(connections_max: u32) {
    let database = Database::fresh().await;
    let options = ConnectOptions { connections_max, ..ConnectOptions::new(database.address()) };
    let store = SeaOrmStore::connect_with(&options).await.unwrap();
    let (_, cup) = announced(&store, PLAYERS).await;
    let settings = Settings { chunk_size: 5, workers: WORKERS, retries: RetryPolicy::NEVER };
    let guerdon = Guerdon::new(Arc::new(store.clone())).with_settings(settings);

    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await.unwrap();
    let report = guerdon.verify(VerifyOptions::default()).await.unwrap();

    assert_eq!(paid.applied, u64::from(PLAYERS));
    assert_eq!(store.award_totals(cup).await.unwrap().applied, u64::from(PLAYERS));
    assert!(report.checks.iter().all(|it| it.outcome == Outcome::Held), "{report:#?}");
}
