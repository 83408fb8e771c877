//! A database under test: each harness has one of its own.

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness, Trail};
use domain::TournamentId;
use ports::spi::Store;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{
    CommitProxy, Cut, PostgresDatabase, SqliteDatabase, fresh_postgres, fresh_sqlite,
};

use crate::second_door::{plant, trail};

/// The store on a PostgreSQL database of its own.
pub(crate) type PostgresHarness = DatabaseHarness<PostgresDatabase>;
/// The store on a SQLite file of its own.
pub(crate) type SqliteHarness = DatabaseHarness<SqliteDatabase>;

pub(crate) struct DatabaseHarness<Database> {
    store: SeaOrmStore,
    database: Database,
}

/// What the harness must know of a kind of database.
#[async_trait]
pub(crate) trait TestDatabase: Send + Sync + 'static {
    const HAS_CONCURRENT_WRITERS: bool;

    async fn provide() -> Self;

    fn address(&self) -> &str;

    /// An address at which no commit is answered; `None` where the database is in this process.
    async fn unanswering(&self) -> Option<String> {
        None
    }
}

#[async_trait]
impl<Database: TestDatabase> Harness for DatabaseHarness<Database> {
    async fn fresh() -> Self {
        let database = Database::provide().await;
        let store = SeaOrmStore::connect(database.address()).await;
        Self { store: store.expect("a fresh database opens"), database }
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }

    async fn plant(&self, fault: Fault) {
        plant(&self.store, fault).await;
    }

    async fn trail(&self, tournament: TournamentId) -> Option<Trail> {
        Some(trail(&self.store, tournament).await)
    }

    async fn unanswering(&self) -> Option<Arc<dyn Store>> {
        let address = self.database.unanswering().await?;
        let store = SeaOrmStore::connect(&address).await;
        Some(Arc::new(store.expect("the way to the database is open")))
    }

    fn has_concurrent_writers(&self) -> bool {
        Database::HAS_CONCURRENT_WRITERS
    }
}

#[async_trait]
impl TestDatabase for SqliteDatabase {
    const HAS_CONCURRENT_WRITERS: bool = false;

    async fn provide() -> Self {
        fresh_sqlite().await
    }

    fn address(&self) -> &str {
        self.url()
    }
}

#[async_trait]
impl TestDatabase for PostgresDatabase {
    const HAS_CONCURRENT_WRITERS: bool = true;

    async fn provide() -> Self {
        fresh_postgres().await
    }

    fn address(&self) -> &str {
        self.url()
    }

    async fn unanswering(&self) -> Option<String> {
        let proxy = CommitProxy::to(self.url()).await;
        proxy.cut_every(Cut::BeforeTheClientHears);
        Some(proxy.url().to_owned())
    }
}
