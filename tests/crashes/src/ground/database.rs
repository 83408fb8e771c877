//! The store on a database of its own.

use std::{any::Any, fmt, sync::Arc};

use async_trait::async_trait;
use ports::spi::Store;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{dump, empty, fresh_postgres, fresh_sqlite};

use super::Ground;

/// What no port reads, and the column of it that chance fills.
const PAST_THE_PORTS: [&str; 5] =
    ["assessments", "outbox_events", "player_events", "rule_reviews", "tournament_changes"];
const RANDOM: &str = "event_id";

/// The store on a database of its own, which goes away with this value.
pub struct DatabaseGround {
    name: &'static str,
    url: String,
    store: SeaOrmStore,
    _database: Box<dyn Any + Send + Sync>,
}

impl DatabaseGround {
    /// On a SQLite file.
    pub async fn sqlite() -> Self {
        let database = fresh_sqlite().await;
        Self::new("SQLite", database.url().to_owned(), Box::new(database)).await
    }

    /// On a PostgreSQL database.
    pub async fn postgres() -> Self {
        let database = fresh_postgres().await;
        Self::new("PostgreSQL", database.url().to_owned(), Box::new(database)).await
    }

    async fn new(name: &'static str, url: String, database: Box<dyn Any + Send + Sync>) -> Self {
        let store = SeaOrmStore::connect(&url).await.expect("a fresh database opens");
        Self { name, url, store, _database: database }
    }

    /// Where the database is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The store, with what is in it.
    #[must_use]
    pub fn store(&self) -> &SeaOrmStore {
        &self.store
    }
}

#[async_trait]
impl Ground for DatabaseGround {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn emptied(&self) -> Arc<dyn Store> {
        empty(self.store.connection()).await;
        Arc::new(self.store.clone())
    }

    async fn trail(&self) -> String {
        dump(self.store.connection(), &PAST_THE_PORTS, &[RANDOM]).await
    }
}

impl fmt::Debug for DatabaseGround {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatabaseGround").field("name", &self.name).finish_non_exhaustive()
    }
}
