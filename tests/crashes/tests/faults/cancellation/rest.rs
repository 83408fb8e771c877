//! Nobody is at work on a database: no transaction is open, and every connection can be had.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use ports::spi::Store;
use sea_orm::{DbBackend, sqlx};
use sea_orm_adapter::SeaOrmStore;
use test_databases::count;
use tokio::time::timeout;

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_secs(30);

/// Client sessions of this database that are at work, or in a transaction that is not.
const AT_WORK: &str = "SELECT count(*) AS count FROM pg_stat_activity \
                       WHERE datname = current_database() AND backend_type = 'client backend' \
                       AND state <> 'idle' AND pid <> pg_backend_pid()";

/// The units of work that a caller left behind when it went away: each holds the caller's store.
pub(crate) struct LeftBehind(Weak<dyn Store>);

/// A pool under test, and somebody else who asks the server about it.
pub(crate) struct AtRest<'a> {
    pub(crate) asked_of: &'a SeaOrmStore,
    pub(crate) pool: &'a SeaOrmStore,
    pub(crate) connections: usize,
}

impl LeftBehind {
    /// Those of whoever is about to be given `store`.
    pub(crate) fn with(store: &Arc<dyn Store>) -> Self {
        Self(Arc::downgrade(store))
    }

    /// Waits until they have ended by themselves.
    pub(crate) async fn wait(&self) {
        let ended = async {
            while self.0.strong_count() > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(GIVE_UP, ended).await.expect("a unit of work that was left behind does not end");
    }
}

impl AtRest<'_> {
    /// Waits until nobody is at work, and panics when somebody stays.
    pub(crate) async fn wait(&self) {
        if self.pool.connection().get_database_backend() == DbBackend::Postgres {
            timeout(GIVE_UP, self.no_session_at_work()).await.expect("a transaction stays open");
            timeout(GIVE_UP, self.whole_on_postgres()).await.expect("a connection is missing");
        } else {
            timeout(GIVE_UP, self.whole_on_sqlite()).await.expect("a connection is missing");
        }
    }

    /// A unit of work that was left behind ends by itself; the server knows when.
    async fn no_session_at_work(&self) {
        let connection = self.asked_of.connection();
        while count(connection, AT_WORK).await > 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn whole_on_postgres(&self) {
        let pool = self.pool.connection().get_postgres_connection_pool();
        let mut held = vec![];
        for _ in 0..self.connections {
            held.push(pool.acquire().await.expect("a connection is to be had"));
        }
    }

    /// Each connection becomes the writer and gives way: none is inside a transaction, and nobody
    /// else is the writer.
    async fn whole_on_sqlite(&self) {
        let pool = self.pool.connection().get_sqlite_connection_pool();
        let mut held = vec![];
        for _ in 0..self.connections {
            let mut connection = pool.acquire().await.expect("a connection is to be had");
            for sql in ["BEGIN IMMEDIATE", "ROLLBACK"] {
                let said = sqlx::query(sql).execute(&mut *connection).await;
                said.expect("the connection is outside of every transaction");
            }
            held.push(connection);
        }
    }
}
