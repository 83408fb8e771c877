//! A caller goes away at each of its await points, and leaves nothing open and nothing by halves.

mod by_hand;
mod rest;

use std::{io::Write, pin::pin, sync::Arc, task::Poll};

use async_trait::async_trait;
use conformance::StandingClock;
use crashes::{DatabaseGround, Ground, MemoryGround, UseCase, difference, everything, undisturbed};
use interposed::{Call, InterposedStore, Interposer};
use ports::{StoreError, spi::Store};
use races::audit::audit_at;
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

use self::{
    by_hand::pay_by_hand,
    rest::{AtRest, LeftBehind},
};

/// How the caller holds its unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// Through the use case: it goes on by itself, on a task of its own.
    UseCase(UseCase),
    /// In its own hands: it goes away with the caller.
    ByHand,
}

const HOLDS: [Hold; 4] = [
    Hold::UseCase(UseCase::FinalizeInOneChunk),
    Hold::UseCase(UseCase::FinalizeInChunks),
    Hold::UseCase(UseCase::Submit),
    Hold::ByHand,
];

#[tokio::test]
async fn whoever_goes_away_in_memory_leaves_nothing_open_and_nothing_by_halves() {
    let ground = MemoryGround::default();
    for hold in HOLDS {
        goes_away_at_each_await(hold, &ground, |store| store, None).await;
    }
}

#[tokio::test]
async fn whoever_goes_away_on_sqlite_leaves_nothing_open_and_nothing_by_halves() {
    on_a_database(DatabaseGround::sqlite().await).await;
}

#[tokio::test]
async fn whoever_goes_away_on_postgres_leaves_nothing_open_and_nothing_by_halves() {
    on_a_database(DatabaseGround::postgres().await).await;
}

async fn on_a_database(ground: DatabaseGround) {
    let options = ConnectOptions { connections_max: 3, ..ConnectOptions::new(ground.url()) };
    let store = SeaOrmStore::connect_with(&options).await.expect("the database opens");
    let at_rest = AtRest { asked_of: ground.store(), pool: &store, connections: 3 };
    for hold in HOLDS {
        let open = |_| Arc::new(store.clone()) as Arc<dyn Store>;
        goes_away_at_each_await(hold, &ground, open, Some(&at_rest)).await;
    }
}

/// Goes away after one poll, after two, and so on until it gets to its end.
async fn goes_away_at_each_await(
    hold: Hold,
    ground: &dyn Ground,
    opened: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync,
    at_rest: Option<&AtRest<'_>>,
) {
    // A store that answers at once does not wait: it gives way around each call.
    let open = |store| InterposedStore::new(opened(store), Arc::new(GivesWay)).shared();
    let use_case = hold.use_case();
    let expected = undisturbed(use_case, ground).await;
    let mut polls = 0;
    let mut finished = false;
    while !finished {
        polls += 1;
        let healthy = ground.emptied().await;
        use_case.prepare(&healthy).await;
        let store = open(Arc::clone(&healthy));
        let left_behind = LeftBehind::with(&store);

        finished = for_polls(polls, hold.run(store)).await;

        left_behind.wait().await;
        if let Some(at_rest) = at_rest {
            at_rest.wait().await;
        }
        audit_at(healthy.as_ref(), &StandingClock).await;
        let again = use_case.run_again(&use_case.guerdon(open(Arc::clone(&healthy)))).await;
        assert!(again.is_ok(), "{hold}, {polls} polls: {again:?}");
        let actual = everything(ground, healthy.as_ref()).await;
        let different = difference(&expected, &actual);
        assert!(expected == actual, "{hold}, {polls} polls:\n{different}");
    }
    let name = ground.name();
    let _ = writeln!(std::io::stderr(), "cancelled: {hold} on {name}: {polls} await points");
    assert!(polls > 1, "it has an await point");
}

impl Hold {
    fn use_case(self) -> UseCase {
        match self {
            Self::UseCase(use_case) => use_case,
            Self::ByHand => UseCase::Distribute,
        }
    }

    async fn run(self, store: Arc<dyn Store>) {
        match self {
            Self::UseCase(it) => it.run(&it.guerdon(store)).await.expect("nothing is in its way"),
            Self::ByHand => pay_by_hand(store).await,
        }
    }
}

/// Polls as often, whenever it is woken, and goes away. Whether it had finished.
async fn for_polls(polls: usize, party: impl Future<Output = ()>) -> bool {
    let mut party = pin!(party);
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        match party.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(true),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Lets others have their turn around each call, as a way to a database would.
struct GivesWay;

#[async_trait]
impl Interposer for GivesWay {
    async fn before(&self, _: &Call) -> Result<(), StoreError> {
        tokio::task::yield_now().await;
        Ok(())
    }

    async fn after(&self, _: &Call, _: &str) -> Result<(), StoreError> {
        tokio::task::yield_now().await;
        Ok(())
    }
}

impl std::fmt::Display for Hold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UseCase(use_case) => use_case.fmt(f),
            Self::ByHand => f.write_str("a unit of work held by hand"),
        }
    }
}
