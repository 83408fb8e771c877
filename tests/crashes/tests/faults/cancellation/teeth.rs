//! A store that would leave something open, or something by halves, is found out.

use std::{
    any::Any,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use crashes::{DatabaseGround, Ground, MemoryGround, UseCase};
use futures::FutureExt;
use interposed::{Call, InterposedStore, Interposer, apart};
use ports::{
    StoreError,
    spi::{Store, Transaction},
};

use super::{
    GivesWay, Hold, Place, goes_away_at_each_await,
    leaving::{Point, Steps, leaves_at},
    narrow, pay_by_hand,
    rest::{GIVE_UP, IS_MISSING, Pool, Rest, STAYS_OPEN},
};

/// So long a transaction is seen to stay open that nobody will ever end.
const A_WHILE: Duration = Duration::from_millis(300);

/// In the middle of the first step that writes.
const HALF_WAY: Point = Point { step: 5, polls: 1 };

#[tokio::test]
async fn a_transaction_that_stays_open_in_memory_is_found_out() {
    let ground = MemoryGround::default();

    stays_open(&ground, |it| it, &Rest::Memory(&ground), STAYS_OPEN).await;
}

#[tokio::test]
async fn a_transaction_that_stays_open_on_sqlite_is_found_out() {
    on_a_database(DatabaseGround::sqlite().await, IS_MISSING).await;
}

#[tokio::test]
async fn a_transaction_that_stays_open_on_postgres_is_found_out() {
    on_a_database(DatabaseGround::postgres().await, STAYS_OPEN).await;
}

#[tokio::test]
async fn a_store_that_commits_what_was_dropped_is_found_out() {
    let ground = MemoryGround::default();
    let open = |store| InterposedStore::new(store, Arc::new(CommitsWhatIsDropped)).shared();
    let (name, rest) = ("a store in memory".to_owned(), &Rest::Memory(&ground));
    let place = Place { name, ground: &ground, open: &open, rest };

    let ended = AssertUnwindSafe(goes_away_at_each_await(Hold::ByHand, &place)).catch_unwind();
    let found = words(ended.await.expect_err("it is found out").as_ref());

    assert!(found.contains("invariant: R04"), "{found}");
    assert!(found.contains("pending award"), "{found}");
}

async fn on_a_database(ground: DatabaseGround, found: &str) {
    let store = narrow(&ground).await;
    let rest = Rest::Database(Pool { asked_of: ground.store(), pool: &store });
    stays_open(&ground, |_| Arc::new(store.clone()), &rest, found).await;
}

/// A transaction whose caller has gone away stays open: that is seen, until it ends.
async fn stays_open(
    ground: &dyn Ground,
    open: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    rest: &Rest<'_>,
    found: &str,
) {
    let healthy = ground.emptied().await;
    UseCase::Distribute.prepare(&healthy).await;
    let (keeps, steps) = (Arc::new(KeepsWhatIsDropped::default()), Steps::default());
    let store = InterposedStore::new(open(healthy), Arc::clone(&keeps) as _).shared();

    assert!(leaves_at(HALF_WAY, &steps, pay_by_hand(store, &steps)).await, "it comes so far");

    assert_eq!(rest.comes_within(A_WHILE).await, Err(found));
    keeps.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    assert_eq!(rest.comes_within(GIVE_UP).await, Ok(()));
}

/// Keeps transactions open that were dropped.
#[derive(Default)]
struct KeepsWhatIsDropped {
    kept: Mutex<Vec<Box<dyn Transaction>>>,
}

#[async_trait]
impl Interposer for KeepsWhatIsDropped {
    async fn before(&self, call: &Call) -> Result<(), StoreError> {
        GivesWay.before(call).await
    }

    fn dropped(&self, tx: Box<dyn Transaction>) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(tx);
    }
}

/// Commits transactions that were dropped.
struct CommitsWhatIsDropped;

#[async_trait]
impl Interposer for CommitsWhatIsDropped {
    async fn before(&self, call: &Call) -> Result<(), StoreError> {
        GivesWay.before(call).await
    }

    fn dropped(&self, tx: Box<dyn Transaction>) {
        apart(async move { tx.commit().await.expect("it commits") });
    }
}

/// What somebody said who panicked.
fn words(panic: &(dyn Any + Send)) -> String {
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}
