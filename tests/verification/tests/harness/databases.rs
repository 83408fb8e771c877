//! A database of one's own, and whoever edits it past the ports.

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness};
use ports::spi::Store;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, SqliteDatabase, TestDatabase};
use verification::{Sabotage, Saboteur};

use crate::{documents, loosen, statements};

/// A PostgreSQL database of its own.
pub(crate) type PostgresSaboteur = DatabaseSaboteur<PostgresDatabase>;
/// A SQLite file of its own.
pub(crate) type SqliteSaboteur = DatabaseSaboteur<SqliteDatabase>;

pub(crate) struct DatabaseSaboteur<Database> {
    store: SeaOrmStore,
    _database: Database,
}

#[async_trait]
impl<Database: TestDatabase> Harness for DatabaseSaboteur<Database> {
    async fn fresh() -> Self {
        let database = Database::fresh().await;
        let store = SeaOrmStore::connect(database.address()).await;
        Self { store: store.expect("a fresh database opens"), _database: database }
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }

    async fn plant(&self, fault: Fault) {
        unreachable!("{fault:?} is for the suite of the contract");
    }
}

#[async_trait]
impl<Database: TestDatabase> Saboteur for DatabaseSaboteur<Database> {
    async fn sabotage(&self, sabotage: Sabotage) {
        loosen::loosen(self.store.connection(), sabotage).await;
        documents::edit(&self.store, sabotage).await;
        statements::send(self.store.connection(), sabotage).await;
    }
}
