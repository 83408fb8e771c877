//! A transaction that reads the database as of one moment, and takes no lock.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use ports::StoreError;
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::{connection::Connection, dialect::Dialect, errors, sql::Step};

const READING: Step = Step { during: "reading a snapshot", table: "transaction" };

/// The database as of one moment. Dropping it ends it.
pub(super) struct Snapshot {
    inner: DatabaseTransaction,
    statements: Arc<AtomicU64>,
}

impl Snapshot {
    pub(super) async fn begin(
        pool: &DatabaseConnection,
        statements: Arc<AtomicU64>,
    ) -> Result<Self, StoreError> {
        let options = match Dialect::of(pool.get_database_backend()) {
            Dialect::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            Dialect::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..TransactionOptions::default()
            },
        };
        let begun = pool.begin_with_options(options).await;
        let inner = begun.map_err(errors::during(READING))?;
        statements.fetch_add(1, Ordering::Relaxed);
        Ok(Self { inner, statements })
    }

    pub(super) fn connection(&self) -> Connection<'_> {
        Connection::new(&self.inner, &self.statements)
    }

    pub(super) async fn end(self) -> Result<(), StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.inner.rollback().await.map_err(errors::during(READING))
    }
}
