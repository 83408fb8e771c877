//! PostgreSQL under test: each harness has a database of its own.

#![expect(clippy::unwrap_used, reason = "a harness without its database panics")]

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness, Trail};
use domain::TournamentId;
use ports::spi::Store;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, fresh_postgres};

use crate::second_door::{plant, trail};

pub(crate) struct PostgresHarness {
    store: SeaOrmStore,
    _database: PostgresDatabase,
}

#[async_trait]
impl Harness for PostgresHarness {
    async fn fresh() -> Self {
        let database = fresh_postgres().await;
        let store = SeaOrmStore::connect(database.url()).await.unwrap();
        Self { store, _database: database }
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
}
