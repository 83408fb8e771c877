//! Players that are locked by an update are locked as well as in order, but for deadlocks, which are
//! retried.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon};
use async_trait::async_trait;
use conformance::{Fault, Harness, cases};
use domain::Currency;
use ports::spi::Store;
use races::{Arena, actor, audit::audit};
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, fresh_postgres};
use tokio::task::JoinSet;

const FIELD: usize = 40;
const CALLERS: usize = 8;

/// Makes a test of each of these cases of the contract.
macro_rules! holds {
    ($($module:ident :: $case:ident),+ $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() {
                cases::$module::$case(&Sharded::fresh().await).await;
            }
        )+
    };
}

holds! {
    locking::second_player_locker_waits_and_sees_all_that_was_written,
    locking::unregistered_players_are_absent_from_the_lock,
    ledger::concurrent_equal_entries_move_the_balance_once,
    ledger::concurrent_entries_lose_no_balance,
    results::unregistered_participants_are_in_the_field,
    results::field_is_read_in_pages_by_player,
    results::members_keep_their_team_and_weight,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tournaments_over_the_same_players_at_once_pay_everybody_once() {
    let sharded = Sharded::fresh().await;
    let arena = Arena::of(Guerdon::new(sharded.store()), FIELD).await;
    let mut callers = JoinSet::new();
    for id in arena.tournaments(CALLERS).await {
        let guerdon = arena.guerdon.clone();
        callers
            .spawn(async move { guerdon.finalize(id, FinalizeOptions::default(), &actor()).await });
    }

    let outcomes = callers.join_all().await;

    let paid = outcomes.iter().filter_map(|it| it.as_ref().ok()).map(|it| it.applied);
    assert_eq!(paid.sum::<u64>(), (FIELD * CALLERS) as u64, "{outcomes:?}");
    for player in &arena.players {
        let ledger = arena.guerdon.ledger(*player, Currency::Xp, 0, 100).await.unwrap();
        assert_eq!(ledger.len(), CALLERS);
    }
    audit(sharded.store().as_ref()).await;
}

/// A store that takes its tables for distributed ones, on a database of its own.
struct Sharded {
    store: SeaOrmStore,
    _database: PostgresDatabase,
}

#[async_trait]
impl Harness for Sharded {
    async fn fresh() -> Self {
        let database = fresh_postgres().await;
        let store = SeaOrmStore::connect(database.url()).await.unwrap().sharded();
        Self { store, _database: database }
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }

    async fn plant(&self, fault: Fault) {
        unreachable!("no case here needs {fault:?}");
    }
}
