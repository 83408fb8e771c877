//! A caller goes away at each of its await points, and leaves nothing open and nothing by halves.

mod by_hand;
mod leaving;
mod rest;
mod teeth;

use std::{fmt, io::Write, sync::Arc};

use async_trait::async_trait;
use conformance::StandingClock;
use crashes::{DatabaseGround, Ground, MemoryGround, UseCase, difference, everything, undisturbed};
use interposed::{Call, InterposedStore, Interposer};
use ports::{StoreError, spi::Store};
use races::audit::audit_at;
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

use self::{
    by_hand::pay_by_hand,
    leaving::{Point, Steps, leaves_at},
    rest::{LeftBehind, Pool, Rest},
};

/// How the caller holds its unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// Through the use case: it goes on by itself, on a task of its own.
    UseCase(UseCase),
    /// In its own hands: it goes away with the caller.
    ByHand,
}

const HOLDS: [Hold; 6] = [
    Hold::UseCase(UseCase::FinalizeInOneChunk),
    Hold::UseCase(UseCase::FinalizeInChunks),
    Hold::UseCase(UseCase::CorrectInChunks),
    Hold::UseCase(UseCase::Backfill),
    Hold::UseCase(UseCase::Submit),
    Hold::ByHand,
];

/// How often a step is tried again that was over before its caller had to wait for it: a database
/// may have answered by the time it is asked whether it has.
const TRIES_MAX: usize = 50;

/// Connections of a pool under test.
const CONNECTIONS: u32 = 3;

/// Where callers go away.
struct Place<'a> {
    name: String,
    ground: &'a dyn Ground,
    /// Leads callers to the store that the ground has emptied.
    open: &'a (dyn Fn(Arc<dyn Store>) -> Arc<dyn Store> + Sync),
    /// Sees what they leave.
    rest: &'a Rest<'a>,
}

#[tokio::test]
async fn whoever_goes_away_in_memory_leaves_nothing_open_and_nothing_by_halves() {
    let ground = MemoryGround::default();
    let open = |store| InterposedStore::new(store, Arc::new(GivesWay)).shared();
    let (name, rest) = (ground.name().to_owned(), &Rest::Memory(&ground));
    let place = Place { name, ground: &ground, open: &open, rest };
    for hold in HOLDS {
        goes_away_at_each_await(hold, &place).await;
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

/// By hand on the store as it is, too: nobody is in between who could clean up behind a caller.
async fn on_a_database(ground: DatabaseGround) {
    let store = narrow(&ground).await;
    let rest = Rest::Database(Pool { asked_of: ground.store(), pool: &store });
    let bare = |_| Arc::new(store.clone()) as Arc<dyn Store>;
    let open = |it| InterposedStore::new(bare(it), Arc::new(GivesWay)).shared();
    let name = ground.name().to_owned();
    let place = Place { name, ground: &ground, open: &open, rest: &rest };
    for hold in HOLDS {
        goes_away_at_each_await(hold, &place).await;
    }
    let name = format!("the bare {}", ground.name());
    goes_away_at_each_await(Hold::ByHand, &Place { name, open: &bare, ..place }).await;
}

async fn narrow(ground: &DatabaseGround) -> SeaOrmStore {
    let usual = ConnectOptions::new(ground.url());
    let options = ConnectOptions { connections_max: CONNECTIONS, ..usual };
    SeaOrmStore::connect_with(&options).await.expect("the database opens")
}

/// Goes away in each step that the caller waits for: after one poll of it, after two, and so on.
async fn goes_away_at_each_await(hold: Hold, place: &Place<'_>) {
    let expected = undisturbed(hold.use_case(), place.ground).await;
    let (mut steps, mut points) = (1, 0);
    let mut point = Point { step: 1, polls: 1 };
    let mut tries = 0;
    while point.step <= steps {
        let (left, taken) = goes_away(hold, place, point, &expected).await;
        tries += 1;
        if left {
            points += 1;
            (point.polls, tries) = (point.polls + 1, 0);
        } else if point.polls > 1 {
            steps = taken.len();
            (point, tries) = (Point { step: point.step + 1, polls: 1 }, 0);
        }
        assert!(tries < TRIES_MAX, "{hold} never waits for step {}: {taken:?}", point.step);
    }
    let name = &place.name;
    let line = format!("cancelled: {hold} on {name}: {points} await points in {steps} steps");
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Goes away once, if it comes so far; whether it did, and the steps that it has taken.
async fn goes_away(
    hold: Hold,
    place: &Place<'_>,
    point: Point,
    expected: &str,
) -> (bool, Vec<&'static str>) {
    let (use_case, healthy) = (hold.use_case(), place.ground.emptied().await);
    use_case.prepare(&healthy).await;
    let store = (place.open)(Arc::clone(&healthy));
    let (left_behind, steps) = (LeftBehind::with(&store), Steps::default());

    let left = leaves_at(point, &steps, hold.run(store, &steps)).await;

    left_behind.wait().await;
    place.rest.wait().await;
    audit_at(healthy.as_ref(), &StandingClock).await;
    let guerdon = use_case.guerdon((place.open)(Arc::clone(&healthy)));
    let again = use_case.run_again(&guerdon).await;
    assert!(again.is_ok(), "{hold}, {point}: {again:?}");
    let actual = everything(place.ground, healthy.as_ref()).await;
    assert!(expected == actual, "{hold}, {point}:\n{}", difference(expected, &actual));
    (left, steps.taken())
}

impl Hold {
    fn use_case(self) -> UseCase {
        match self {
            Self::UseCase(use_case) => use_case,
            Self::ByHand => UseCase::Distribute,
        }
    }

    async fn run(self, store: Arc<dyn Store>, steps: &Steps) {
        match self {
            Self::UseCase(it) => {
                steps.next("the use case");
                it.run(&it.guerdon(store)).await.expect("nothing is in its way");
            }
            Self::ByHand => pay_by_hand(store, steps).await,
        }
    }
}

/// Lets others have their turn around each call, so that there is an await point before and after it
/// even where the store answers at once. Who goes away there goes away with all that it holds.
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

impl fmt::Display for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UseCase(use_case) => use_case.fmt(f),
            Self::ByHand => f.write_str("a unit of work held by hand"),
        }
    }
}
