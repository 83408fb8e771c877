//! Every timeout is in force behind a pooler, and is something that may be tried again.

use std::time::Duration;

use domain::{LockOrder, NewPlayer, PlayerId};
use ports::{
    StoreError, Timestamp, TransientCause,
    spi::{Store, Transaction},
};
use sea_orm::{ConnectionTrait, TransactionTrait};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

use crate::harness::Pooled;

/// Shorter than whatever else could end a wait.
const SHORT: Duration = Duration::from_millis(200);
/// Longer than a test takes.
const LONG: Duration = Duration::from_mins(10);

#[tokio::test]
async fn a_lock_that_somebody_holds_is_waited_for_until_the_lock_timeout() {
    let pooled = Pooled::crowded().await;
    let options = ConnectOptions {
        lock_timeout: Some(SHORT),
        statement_timeout: Some(LONG),
        ..pooled.options()
    };

    let cause = cause_of_losing_a_wait(&pooled, options).await;

    assert_eq!(cause, TransientCause::LockTimeout);
}

#[tokio::test]
async fn a_statement_is_worked_at_until_the_statement_timeout() {
    let pooled = Pooled::crowded().await;
    let options = ConnectOptions {
        lock_timeout: Some(LONG),
        statement_timeout: Some(SHORT),
        ..pooled.options()
    };

    let cause = cause_of_losing_a_wait(&pooled, options).await;

    assert_eq!(cause, TransientCause::Cancelled);
}

#[tokio::test]
async fn a_silent_transaction_lets_go_of_its_locks_after_the_idle_timeout() {
    let pooled = Pooled::crowded().await;
    let options = ConnectOptions { idle_in_transaction_timeout: Some(SHORT), ..pooled.options() };
    let store = SeaOrmStore::connect_with(&options).await.unwrap();
    register(&pooled.direct).await;
    let silent = store.begin().await.unwrap();
    lock(silent.as_ref()).await.unwrap();

    // Waits for the lock until the silent one has lost it.
    let next = pooled.direct.begin().await.unwrap();
    lock(next.as_ref()).await.unwrap();

    let lost = lock(silent.as_ref()).await.unwrap_err();
    let cause = TransientCause::ConnectionLost;
    assert!(matches!(lost, StoreError::Transient { cause: it, .. } if it == cause), "{lost:?}");
}

/// Somebody holds the row of a player past the pooler, for as long as it takes.
async fn cause_of_losing_a_wait(pooled: &Pooled, options: ConnectOptions) -> TransientCause {
    let store = SeaOrmStore::connect_with(&options).await.unwrap();
    register(&pooled.direct).await;
    let holder = pooled.direct.connection().begin().await.unwrap();
    holder.execute_unprepared("SELECT 1 FROM players FOR UPDATE").await.unwrap();
    let waiting = store.begin().await.unwrap();

    let lost = lock(waiting.as_ref()).await.unwrap_err();

    let StoreError::Transient { cause, .. } = lost else { panic!("{lost:?}") };
    waiting.rollback().await.unwrap();
    cause
}

async fn lock(transaction: &dyn Transaction) -> Result<(), StoreError> {
    let ann = LockOrder::of([PlayerId::of("ann")]);
    transaction.select_players_for_update(&ann).await.map(drop)
}

async fn register(store: &SeaOrmStore) {
    let transaction = store.begin().await.unwrap();
    let ann = [NewPlayer::new("ann", "Ann")];
    transaction.insert_players(&ann, Timestamp::UNIX_EPOCH).await.unwrap();
    transaction.commit().await.unwrap();
}
