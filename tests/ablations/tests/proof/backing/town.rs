//! A PostgreSQL database without some rules, and a store on it without some guards.

use std::sync::Arc;

use ablations::{Guard, take_out, without};
use domain::PlayerId;
use ports::{RetryPolicy, UnitOfWork, UnitsOfWork, spi::Store};
use races::Arena;
use schedules::{Cup, Ground};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, REFUSALS, fresh_postgres};

pub(super) const CUP: &str = "cup";
pub(super) const OTHER: &str = "other-cup";

/// One player, two tournaments that were played, and all of it in PostgreSQL.
pub(super) struct Town {
    /// The store as it is without some guards.
    pub(super) broken: Arc<dyn Store>,
    pub(super) arena: Arena,
    pub(super) player: PlayerId,
    store: SeaOrmStore,
    _database: PostgresDatabase,
}

impl Town {
    pub(super) async fn without(guards: &[Guard], rules: &[&str]) -> Self {
        let database = fresh_postgres().await;
        let store = SeaOrmStore::connect(database.url()).await.unwrap();
        let ground = Ground::of(&[CUP, OTHER].map(Cup::played)).with_players(1);
        ground.lay(Arc::new(store.clone())).await;
        for rule in rules {
            let refusal = REFUSALS.iter().find(|it| it.rule == *rule).unwrap();
            take_out(store.connection(), refusal.table, rule).await;
        }
        let broken = without(guards)(Arc::new(store.clone()));
        let arena = ground.arena(Arc::clone(&broken));
        let player = arena.players[0];
        Self { broken, arena, player, store, _database: database }
    }

    pub(super) async fn begin(&self) -> UnitOfWork {
        let units = UnitsOfWork::new(Arc::clone(&self.broken)).with_retries(RetryPolicy::NEVER);
        units.begin().await.unwrap()
    }

    /// Puts every account back to what it was before its first entry, past everybody.
    pub(super) async fn set_accounts_back(&self) {
        let text = "UPDATE accounts SET balance = 0, seq = 0";
        self.store.connection().execute_unprepared(text).await.unwrap();
    }

    /// Waits until the server sees somebody wait for a lock; `done` is somebody who never will.
    pub(super) async fn somebody_waits(&self, done: impl Fn() -> bool) {
        let text = "SELECT 1 FROM pg_stat_activity \
                    WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let waiting = Statement::from_string(DbBackend::Postgres, text);
        let connection = self.store.connection();
        while !done() && connection.query_one_raw(waiting.clone()).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    }
}
