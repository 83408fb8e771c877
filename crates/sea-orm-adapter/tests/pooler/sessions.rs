//! Sessions that are handed on: what is in them stays in nobody's way, and nobody is surprised.

use std::error::Error;

use domain::{NewPlayer, PlayerId};
use ports::{StoreError, TransientCause, spi::Store};
use sea_orm::{ConnectionTrait, Database};
use sea_orm_adapter::{ConnectOptions, Pooler, SeaOrmStore, UnsaidPooler};
use test_databases::TransactionPooler;

use crate::harness::Pooled;

/// What makes PgBouncer swallow what it does not understand, as some are told to.
const SWALLOWING: &str = "ignore_startup_parameters = extra_float_digits,options";

#[tokio::test]
async fn a_pooler_that_refuses_our_settings_is_named_with_what_to_say() {
    let pooled = Pooled::crowded().await;

    let refused = SeaOrmStore::connect(&pooled.url).await.unwrap_err();

    assert!(is_unsaid_pooler(&refused), "{refused:?}");
}

#[tokio::test]
async fn a_pooler_that_swallows_our_settings_is_found_out_before_anything_is_written() {
    let swallowing = TransactionPooler::start(4, SWALLOWING);
    let pooled = Pooled::behind(&swallowing).await;

    let refused = SeaOrmStore::connect(&pooled.url).await.unwrap_err();

    assert!(is_unsaid_pooler(&refused), "{refused:?}");
}

#[tokio::test]
async fn statements_that_others_have_prepared_in_our_session_are_in_nobodys_way() {
    let one_session = TransactionPooler::start(1, "");
    let pooled = Pooled::behind(&one_session).await;
    let (one, other) = (pooled.store().await, pooled.store().await);
    let names = ["ann", "bob", "cem", "dee"];

    for name in names {
        register(&one, name).await;
        let seen = other.find_players(&[PlayerId::of(name)]).await.unwrap();
        assert_eq!(seen.len(), 1, "{name}");
    }

    assert_eq!(one.list_players(None, 10).await.unwrap().len(), names.len());
}

#[tokio::test]
async fn settings_end_with_their_transaction() {
    let one_session = TransactionPooler::start(1, "");
    let pooled = Pooled::behind(&one_session).await;
    register(&pooled.store().await, "ann").await;

    let mut plain = sea_orm::ConnectOptions::new(&pooled.url);
    plain.map_sqlx_postgres_opts(|it| it.extra_float_digits(None));
    let stranger = Database::connect(plain).await.unwrap();

    // A division by zero unless the session is as PostgreSQL has made it.
    let sql = "SELECT 1 / (current_setting('lock_timeout') = '0' \
               AND current_setting('enable_bitmapscan') = 'on')::int";
    stranger.execute_unprepared(sql).await.unwrap();
}

#[tokio::test]
async fn a_pooler_that_nobody_stands_behind_costs_round_trips_and_nothing_else() {
    let pooled = Pooled::crowded().await;
    let past = ConnectOptions { url: pooled.past(), ..pooled.options() };

    let store = SeaOrmStore::connect_with(&past).await.unwrap();

    register(&store, "ann").await;
    assert_eq!(past.pooler, Pooler::Transaction);
    assert_eq!(store.list_players(None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_gets_no_session_in_time_may_try_again() {
    let busy = TransactionPooler::start(1, "query_wait_timeout = 1");
    let pooled = Pooled::behind(&busy).await;
    let store = pooled.store().await;
    let held = store.begin().await.unwrap();

    let waited = store.begin().await.map(drop).unwrap_err();

    let lost = TransientCause::ConnectionLost;
    assert!(matches!(waited, StoreError::Transient { cause, .. } if cause == lost), "{waited:?}");
    held.rollback().await.unwrap();
    assert!(store.begin().await.is_ok());
}

async fn register(store: &SeaOrmStore, name: &str) {
    let transaction = store.begin().await.unwrap();
    let players = [NewPlayer::new(name, name)];
    transaction.insert_players(&players, ports::Timestamp::UNIX_EPOCH).await.unwrap();
    transaction.commit().await.unwrap();
}

fn is_unsaid_pooler(error: &StoreError) -> bool {
    let source = error.source();
    source.is_some_and(|it| it.is::<UnsaidPooler>() && it.to_string().contains("--pooler"))
}
