//! A transaction that reads the database as of one moment, and takes no lock.

use ports::StoreError;
use sea_orm::{
    AccessMode, DatabaseTransaction, IsolationLevel, SqliteTransactionMode, TransactionOptions,
};

use crate::{connection::Connection, dialect::Dialect, errors, pool::Pool, sql::Step};

const READING: Step = Step { during: "reading a snapshot", table: "transaction" };

/// The database as of one moment. Dropping it ends it.
pub(super) struct Snapshot {
    inner: DatabaseTransaction,
    pool: Pool,
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
        Ok(Self { inner, pool: pool.clone() })
    }

    /// For those who read past [`Connection`].
    pub(super) fn transaction(&self) -> &DatabaseTransaction {
        &self.inner
    }

    pub(super) fn connection(&self) -> Connection<'_> {
        Connection::within(&self.inner, &self.pool)
    }

    pub(super) async fn end(self) -> Result<(), StoreError> {
        self.pool.count();
        self.inner.rollback().await.map_err(errors::during(READING))
    }
}
