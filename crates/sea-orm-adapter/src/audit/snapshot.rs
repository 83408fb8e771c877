//! A transaction that reads the database as of one moment, and takes no lock.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use ports::StoreError;
use sea_orm::{
    AccessMode, DatabaseTransaction, IsolationLevel, SqliteTransactionMode, TransactionOptions,
};

use crate::{connection::Connection, dialect::Dialect, errors, pool::Pool, sql::Step};

const READING: Step = Step { during: "reading a snapshot", table: "transaction" };

/// The database as of one moment. Dropping it ends it.
pub(super) struct Snapshot {
    inner: DatabaseTransaction,
    statements: Arc<AtomicU64>,
}

impl Snapshot {
    pub(super) async fn begin(pool: &Pool) -> Result<Self, StoreError> {
        let options = match Dialect::of(pool.connections().get_database_backend()) {
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
        let inner = pool.begin(READING, options).await?;
        Ok(Self { inner, statements: Arc::clone(pool.statements()) })
    }

    /// For those who read past [`Connection`].
    pub(super) fn transaction(&self) -> &DatabaseTransaction {
        &self.inner
    }

    pub(super) fn connection(&self) -> Connection<'_> {
        Connection::new(&self.inner, &self.statements)
    }

    pub(super) async fn end(self) -> Result<(), StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.inner.rollback().await.map_err(errors::during(READING))
    }
}
