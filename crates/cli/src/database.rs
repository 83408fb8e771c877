//! The composition root: the one place that knows both the store and the use cases.

mod url;

use std::{sync::Arc, time::Duration};

use app_service::{Guerdon, Settings};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

use self::url::DatabaseUrl;
use crate::failure::Failure;

/// How long a terminal is left waiting for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// What may become of a database that is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// It must exist.
    Existing,
    /// An SQLite file is created.
    Creating,
}

/// A database that was reached.
#[derive(Debug)]
pub(crate) struct Database {
    store: SeaOrmStore,
    url: DatabaseUrl,
}

impl Database {
    /// Reaches the database at `url`, with a connection for each worker and some to spare.
    pub(crate) async fn open(url: &str, access: Access, workers: u32) -> Result<Self, Failure> {
        let url = DatabaseUrl::parse(url)?;
        if access == Access::Existing {
            url.must_exist()?;
        }
        let usual = ConnectOptions::new(url.for_access(access));
        let connections_max = usual.connections_max.max(workers.saturating_add(2));
        let options = ConnectOptions { connections_max, acquire_timeout: PATIENCE, ..usual };
        let store = SeaOrmStore::connect_with(&options).await.map_err(|error| {
            let message = format!("cannot reach the database {url}");
            Failure::database("database-unreachable", message, &error)
                .help("check --database-url, and that the database runs and lets you in")
        })?;
        Ok(Self { store, url })
    }

    /// The same, with tables that are distributed over several nodes.
    pub(crate) fn sharded(self) -> Self {
        Self { store: self.store.sharded(), ..self }
    }

    /// Makes sure that the schema is there. Only an SQLite database that is new gets it here: a
    /// database that others share, or that holds data, is migrated when somebody says so.
    pub(crate) async fn prepare(&self, access: Access) -> Result<(), Failure> {
        if access == Access::Creating && self.url.is_sqlite() && self.is_new().await? {
            self.migrate().await?;
        }
        self.store.check_schema().await.map_err(|error| {
            let message = format!("the database {} lacks its schema, or part of it", self.url);
            Failure::database("database-unmigrated", message, &error)
                .help("run `guerdon migrate up` on it")
        })
    }

    /// The use cases on this database.
    pub(crate) fn guerdon(&self, settings: Settings) -> Guerdon {
        Guerdon::new(Arc::new(self.store.clone())).with_settings(settings)
    }

    /// Applies every migration that is missing.
    pub(crate) async fn migrate(&self) -> Result<(), Failure> {
        self.migrated(migrations::up(self.store.connection()).await)
    }

    /// Takes back the last `steps` migrations, with the data in their tables.
    pub(crate) async fn take_back(&self, steps: u32) -> Result<(), Failure> {
        self.migrated(migrations::down(self.store.connection(), Some(steps)).await)
    }

    /// Drops everything and applies every migration.
    pub(crate) async fn start_afresh(&self) -> Result<(), Failure> {
        self.migrated(migrations::fresh(self.store.connection()).await)
    }

    /// Every migration in order, and whether it is applied.
    pub(crate) async fn migrations(&self) -> Result<Vec<(String, bool)>, Failure> {
        self.migrated(migrations::status(self.store.connection()).await)
    }

    /// Waits for the units of work that are under way; no other begins.
    pub(crate) async fn close(&self) {
        if let Err(error) = self.store.connection().close_by_ref().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "closing the database failed");
        }
    }

    /// How messages call it; without a password.
    pub(crate) fn name(&self) -> String {
        self.url.to_string()
    }

    /// How messages call the database at `url`, whether it can be reached or not.
    pub(crate) fn name_of(url: &str) -> String {
        DatabaseUrl::parse(url).map_or_else(|_| "no database".to_owned(), |it| it.to_string())
    }

    async fn is_new(&self) -> Result<bool, Failure> {
        Ok(self.migrations().await?.iter().all(|(_, applied)| !applied))
    }

    fn migrated<T, E: std::error::Error>(&self, result: Result<T, E>) -> Result<T, Failure> {
        result.map_err(|error| {
            let message =
                format!("the schema of the database {} cannot be read or changed", self.url);
            Failure::database("migration-failed", message, &error)
        })
    }
}
