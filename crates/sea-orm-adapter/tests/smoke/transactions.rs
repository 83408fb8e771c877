//! When a transaction may still be committed, and when not.

use domain::{Cause, Currency, LockOrder, NewEntry, NewPlayer, PlayerId, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{Recorded, Store, Transaction},
};
use sea_orm_adapter::SeaOrmStore;

use crate::databases::on_both;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

on_both!(
    a_failed_transaction_is_not_committed,
    going_back_to_a_savepoint_brings_a_failed_transaction_back_to_life,
    what_takes_away_can_be_asked_for_again_when_the_balance_is_low,
    a_dropped_begin_leaves_no_transaction_behind,
    known_and_new_players_are_answered_in_the_order_of_the_input,
);

async fn a_failed_transaction_is_not_committed(store: SeaOrmStore) {
    register(&store, &["ann"]).await;
    let transaction = locked(&store, "ann").await;
    post(transaction.as_ref(), &entry("ann", 5, 0)).await.unwrap();

    let refused = post(transaction.as_ref(), &entry("ann", -6, 1)).await.unwrap_err();
    let committed = transaction.commit().await.unwrap_err();

    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused:?}");
    assert!(matches!(committed, StoreError::Invalid { .. }), "{committed:?}");
    assert_eq!(balance(&store, "ann").await, 0);
}

async fn going_back_to_a_savepoint_brings_a_failed_transaction_back_to_life(store: SeaOrmStore) {
    register(&store, &["ann"]).await;
    let transaction = locked(&store, "ann").await;
    post(transaction.as_ref(), &entry("ann", 5, 0)).await.unwrap();
    transaction.savepoint().await.unwrap();
    post(transaction.as_ref(), &entry("ann", 7, 1)).await.unwrap();
    post(transaction.as_ref(), &entry("ann", 8, 0)).await.unwrap_err();

    transaction.rollback_to_savepoint().await.unwrap();
    transaction.commit().await.unwrap();

    assert_eq!(balance(&store, "ann").await, 5);
}

async fn what_takes_away_can_be_asked_for_again_when_the_balance_is_low(store: SeaOrmStore) {
    register(&store, &["ann"]).await;
    let transaction = locked(&store, "ann").await;
    post(transaction.as_ref(), &entry("ann", 5, 0)).await.unwrap();
    post(transaction.as_ref(), &entry("ann", -5, 1)).await.unwrap();

    let again = post(transaction.as_ref(), &entry("ann", -5, 1)).await.unwrap();

    assert_eq!(again, [Recorded::Replayed]);
    transaction.commit().await.unwrap();
    assert_eq!(balance(&store, "ann").await, 0);
}

async fn a_dropped_begin_leaves_no_transaction_behind(store: SeaOrmStore) {
    for polls in 0..20 {
        let mut begin = std::pin::pin!(store.begin());
        for _ in 0..polls {
            if is_ready(&mut begin).await {
                break;
            }
        }
    }
    register(&store, &["ann"]).await;

    assert_eq!(store.list_players(None, 10).await.unwrap().len(), 1);
}

async fn known_and_new_players_are_answered_in_the_order_of_the_input(store: SeaOrmStore) {
    register(&store, &["b"]).await;

    let answers = register(&store, &["c", "b", "a", "a"]).await;

    let (new, replayed) = (Recorded::New, Recorded::Replayed);
    assert_eq!(answers, [new, replayed, new, replayed]);
}

async fn register(store: &SeaOrmStore, keys: &[&str]) -> Vec<Recorded> {
    let players: Vec<_> = keys.iter().map(|it| NewPlayer::new(*it, *it)).collect();
    let transaction = store.begin().await.unwrap();
    let answers = transaction.insert_players(&players, AT).await.unwrap();
    transaction.commit().await.unwrap();
    answers
}

async fn locked(store: &SeaOrmStore, key: &str) -> Box<dyn Transaction> {
    let transaction = store.begin().await.unwrap();
    let order = LockOrder::of([PlayerId::of(key)]);
    assert_eq!(transaction.select_players_for_update(&order).await.unwrap().len(), 1);
    transaction
}

async fn post(
    transaction: &dyn Transaction,
    entry: &NewEntry,
) -> Result<Vec<Recorded>, StoreError> {
    transaction.insert_ledger_entries(std::slice::from_ref(entry), AT).await
}

fn entry(key: &str, amount: i64, revision: u32) -> NewEntry {
    let (player, tournament) = (PlayerId::of(key), TournamentId::of("cup"));
    NewEntry::new(player, Currency::Credit, amount, Cause::Award { tournament, revision })
}

async fn balance(store: &SeaOrmStore, key: &str) -> i64 {
    let found = store.find_players(&[PlayerId::of(key)]).await.unwrap();
    found[0].state.as_ref().unwrap().accounts.credit.balance
}

/// Polls once, then lets other tasks run.
async fn is_ready<F: Future + Unpin>(future: &mut F) -> bool {
    let ready = std::future::poll_fn(|context| {
        std::task::Poll::Ready(std::pin::Pin::new(&mut *future).poll(context).is_ready())
    });
    let ready = ready.await;
    tokio::task::yield_now().await;
    ready
}
