//! What the store in memory promises beyond the contract: one canonical state, and a way to it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    future::Future,
    pin::pin,
    task::{Context, Waker},
};

use domain::{LockOrder, NewPlayer, NewTournament, PlayerId};
use memory_adapter::{MemoryStore, State};
use ports::{
    Retry, Retryable, Timestamp,
    spi::{Recorded, Store, Transaction},
};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

#[tokio::test]
async fn stores_that_know_the_same_are_equal_whatever_way_they_came() {
    let (one, other) = (MemoryStore::new(), MemoryStore::new());

    register(&one, &["ada", "grace"]).await;
    for key in ["grace", "ada", "grace"] {
        register(&other, &[key]).await;
    }

    assert_eq!(one.snapshot(), other.snapshot());
    assert_eq!(one.snapshot().fingerprint(), other.snapshot().fingerprint());
    assert_ne!(one.snapshot().fingerprint(), State::default().fingerprint());
}

#[tokio::test]
async fn a_snapshot_stays_as_it_is_while_the_store_goes_on() {
    let store = MemoryStore::new();
    register(&store, &["ada"]).await;
    let before = store.snapshot();

    let branch = MemoryStore::from(before.clone());
    register(&branch, &["grace"]).await;
    branch.edit(|state| {
        state.players.get_mut(id("ada")).unwrap().progress.tournaments = 7;
    });

    assert_eq!(store.snapshot(), before);
    assert_eq!(before.players.len(), 1);
    assert_eq!(before.players.get(id("ada")).unwrap().progress.tournaments, 0);
}

#[tokio::test]
async fn a_dropped_transaction_wakes_the_next_one() {
    let store = MemoryStore::new();
    register(&store, &["ada"]).await;
    let (first, second) = (begin(&store).await, begin(&store).await);
    let order = LockOrder::of([id("ada")]);
    first.select_players_for_update(&order).await.unwrap();
    let mut waiting = pin!(second.select_players_for_update(&order));
    assert!(is_pending(waiting.as_mut()));

    drop(first);

    assert_eq!(waiting.await.unwrap().len(), 1);
}

#[tokio::test]
async fn those_who_break_the_lock_order_are_told_to_run_again() {
    let store = MemoryStore::new();
    register(&store, &["ada", "grace"]).await;
    let (first, second) = (begin(&store).await, begin(&store).await);
    let (ada, grace) = (LockOrder::of([id("ada")]), LockOrder::of([id("grace")]));
    first.select_players_for_update(&ada).await.unwrap();
    second.select_players_for_update(&grace).await.unwrap();
    let mut waiting = pin!(first.select_players_for_update(&grace));
    assert!(is_pending(waiting.as_mut()));

    let refused = second.select_players_for_update(&ada).await.unwrap_err();

    assert!(matches!(refused.retry(), Some(Retry::Transient(_))));
    second.rollback().await.unwrap();
    assert_eq!(waiting.await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_statement_that_was_dropped_halfway_leaves_its_transaction_dead() {
    let store = MemoryStore::new();
    register(&store, &["ada"]).await;
    let (first, second) = (begin(&store).await, begin(&store).await);
    let order = LockOrder::of([id("ada")]);
    first.select_players_for_update(&order).await.unwrap();
    {
        let mut dropped = pin!(second.select_players_for_update(&order));
        assert!(is_pending(dropped.as_mut()));
    }

    assert!(second.commit().await.is_err());
}

#[tokio::test]
async fn who_announces_what_is_being_announced_waits_and_finds_it() {
    let store = MemoryStore::new();
    let (first, second) = (begin(&store).await, begin(&store).await);
    let cup = NewTournament::new("cup", "Cup");
    assert_eq!(first.insert_tournament(&cup, NOW).await.unwrap(), Recorded::New);
    let mut waiting = pin!(second.insert_tournament(&cup, NOW));
    assert!(is_pending(waiting.as_mut()));

    first.commit().await.unwrap();

    assert_eq!(waiting.await.unwrap(), Recorded::Replayed);
}

async fn register(store: &MemoryStore, keys: &[&str]) {
    let players: Vec<_> = keys.iter().map(|key| NewPlayer::new(*key, *key)).collect();
    let tx = begin(store).await;
    let _ = tx.insert_players(&players, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

async fn begin(store: &MemoryStore) -> Box<dyn Transaction> {
    store.begin().await.unwrap()
}

fn id(key: &str) -> PlayerId {
    PlayerId::of(key)
}

fn is_pending<T>(statement: std::pin::Pin<&mut impl Future<Output = T>>) -> bool {
    statement.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}
