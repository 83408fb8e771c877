//! Nobody is at work on a store: no transaction is open, and every connection can be had.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use crashes::MemoryGround;
use ports::spi::Store;
use sea_orm::{
    DbBackend,
    sqlx::{self, pool::PoolConnection},
};
use sea_orm_adapter::SeaOrmStore;
use test_databases::count;
use tokio::time::timeout;

use super::CONNECTIONS;

/// So long that only somebody who waits for ever is still waiting.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(30);

pub(crate) const STAYS_OPEN: &str = "a transaction stays open";
pub(crate) const IS_MISSING: &str = "a connection is missing";

/// Client sessions of this database that are at work, or in a transaction that is not.
const AT_WORK: &str = "SELECT count(*) AS count FROM pg_stat_activity \
                       WHERE datname = current_database() AND backend_type = 'client backend' \
                       AND state <> 'idle' AND pid <> pg_backend_pid()";

/// The units of work that a caller left behind when it went away: each holds the caller's store.
pub(crate) struct LeftBehind(Weak<dyn Store>);

/// Who sees what is left open.
pub(crate) enum Rest<'a> {
    /// The store in memory itself.
    Memory(&'a MemoryGround),
    /// The database.
    Database(Pool<'a>),
}

/// A pool under test, and somebody else who asks the server about it.
pub(crate) struct Pool<'a> {
    pub(crate) asked_of: &'a SeaOrmStore,
    pub(crate) pool: &'a SeaOrmStore,
}

impl LeftBehind {
    /// Those of whoever is about to be given `store`.
    pub(crate) fn with(store: &Arc<dyn Store>) -> Self {
        Self(Arc::downgrade(store))
    }

    /// Waits until they have ended by themselves.
    pub(crate) async fn wait(&self) {
        let ended = until(async || self.0.strong_count() == 0);
        timeout(GIVE_UP, ended).await.expect("a unit of work that was left behind does not end");
    }
}

impl Rest<'_> {
    /// Waits until nobody is at work, and panics when somebody stays.
    pub(crate) async fn wait(&self) {
        assert_eq!(self.comes_within(GIVE_UP).await, Ok(()));
    }

    /// Waits so long until nobody is at work; who stays, if somebody does.
    pub(crate) async fn comes_within(&self, patience: Duration) -> Result<(), &'static str> {
        match self {
            Self::Memory(ground) => {
                let nobody = until(async || ground.store().open_transactions().is_empty());
                timeout(patience, nobody).await.map_err(|_| STAYS_OPEN)
            }
            Self::Database(it) if it.is_postgres() => {
                timeout(patience, it.no_session_at_work()).await.map_err(|_| STAYS_OPEN)?;
                let all = all_of(it.pool.connection().get_postgres_connection_pool());
                timeout(patience, all).await.map_err(|_| IS_MISSING).map(drop)
            }
            Self::Database(it) => {
                timeout(patience, it.whole_on_sqlite()).await.map_err(|_| IS_MISSING)
            }
        }
    }
}

impl Pool<'_> {
    fn is_postgres(&self) -> bool {
        self.pool.connection().get_database_backend() == DbBackend::Postgres
    }

    /// A unit of work that was left behind ends by itself; the server knows when.
    async fn no_session_at_work(&self) {
        let connection = self.asked_of.connection();
        until(async || count(connection, AT_WORK).await == 0).await;
    }

    /// Each connection becomes the writer and gives way: none is inside a transaction, and nobody
    /// else is the writer.
    async fn whole_on_sqlite(&self) {
        let all = all_of(self.pool.connection().get_sqlite_connection_pool()).await;
        for mut connection in all {
            for sql in ["BEGIN IMMEDIATE", "ROLLBACK"] {
                let said = sqlx::query(sql).execute(&mut *connection).await;
                said.expect("the connection is outside of every transaction");
            }
        }
    }
}

/// Every connection of a pool, at once.
async fn all_of<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> Vec<PoolConnection<D>> {
    let mut all = vec![];
    for _ in 0..CONNECTIONS {
        all.push(pool.acquire().await.expect("a connection is to be had"));
    }
    all
}

/// Asks again and again until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    while !is_so().await {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
