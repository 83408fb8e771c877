//! A database under test: each harness has one of its own.

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness, Trail};
use domain::TournamentId;
use ports::spi::Store;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, SqliteDatabase, TestDatabase};

use crate::second_door::{plant, trail};

/// The store on a PostgreSQL database of its own.
pub(crate) type PostgresHarness = DatabaseHarness<PostgresDatabase>;
/// The store on a SQLite file of its own.
pub(crate) type SqliteHarness = DatabaseHarness<SqliteDatabase>;

pub(crate) struct DatabaseHarness<Database> {
    store: SeaOrmStore,
    database: Database,
}

#[async_trait]
impl<Database: TestDatabase> Harness for DatabaseHarness<Database> {
    async fn fresh() -> Self {
        let database = Database::fresh().await;
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
