//! The one place where a statement is sent.

use std::sync::atomic::{AtomicU64, Ordering};

use ports::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, DatabaseTransaction, DbErr, ExecResult, QueryResult,
    Statement, TransactionOptions,
};

use crate::{
    decode::Row,
    dialect::Dialect,
    errors,
    pool::Pool,
    sql::{Sql, Step},
};

/// A pool, or an open transaction: whatever statements are sent to.
pub(crate) struct Connection<'a> {
    on: On<'a>,
    dialect: Dialect,
    statements: &'a AtomicU64,
}

/// Where a statement goes.
enum On<'a> {
    /// Into a transaction, or a session that is ours.
    Session(DatabaseExecutor<'a>),
    /// Into a transaction that is there for it alone, because sessions are shared.
    Transaction(&'a Pool),
}

impl<'a> Connection<'a> {
    pub(crate) fn new(on: impl Into<DatabaseExecutor<'a>>, statements: &'a AtomicU64) -> Self {
        let on = on.into();
        let dialect = Dialect::of(on.get_database_backend());
        Self { on: On::Session(on), dialect, statements }
    }

    /// A transaction of `pool` around each statement.
    pub(crate) fn wrapping(pool: &'a Pool) -> Self {
        let dialect = Dialect::of(pool.connections().get_database_backend());
        Self { on: On::Transaction(pool), dialect, statements: pool.statements() }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn sql(&self) -> Sql {
        Sql::new(self.dialect)
    }

    /// Sends a statement and answers how many rows it wrote.
    pub(crate) async fn execute(
        &self,
        step: Step,
        sql: Sql,
        text: impl Into<String>,
    ) -> Result<u64, StoreError> {
        let written = self.send(step, sql.into_statement(text)).await?;
        let rows = written.rows_affected();
        tracing::debug!(target: "guerdon::sql", during = step.during, rows, "wrote");
        Ok(rows)
    }

    /// Sends a statement and reads every row of its answer.
    pub(crate) async fn rows<T>(
        &self,
        step: Step,
        sql: Sql,
        text: impl Into<String>,
        decode: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.ask(step, sql.into_statement(text)).await?;
        tracing::debug!(target: "guerdon::sql", during = step.during, rows = rows.len(), "read");
        rows.iter().map(|it| decode(&Row::of(it, step.table))).collect()
    }

    /// Sends a statement whose answer has at most one row.
    pub(crate) async fn row<T>(
        &self,
        step: Step,
        sql: Sql,
        text: impl Into<String>,
        decode: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(step, sql, text, decode).await?.pop())
    }

    /// Sends a statement without parameters that is not worth preparing.
    pub(crate) async fn command(&self, step: Step, text: &str) -> Result<(), StoreError> {
        self.count();
        let sent = match &self.on {
            On::Session(on) => on.execute_unprepared(text).await,
            On::Transaction(pool) => {
                let around = pool.begin(step, TransactionOptions::default()).await?;
                let sent = around.execute_unprepared(text).await;
                self.end(around, sent).await
            }
        };
        sent.map(drop).map_err(errors::during(step))
    }

    async fn send(&self, step: Step, statement: Statement) -> Result<ExecResult, StoreError> {
        self.count();
        let sent = match &self.on {
            On::Session(on) => on.execute_raw(statement).await,
            On::Transaction(pool) => {
                let around = pool.begin(step, TransactionOptions::default()).await?;
                let sent = around.execute_raw(statement).await;
                self.end(around, sent).await
            }
        };
        sent.map_err(errors::during(step))
    }

    async fn ask(&self, step: Step, statement: Statement) -> Result<Vec<QueryResult>, StoreError> {
        self.count();
        let sent = match &self.on {
            On::Session(on) => on.query_all_raw(statement).await,
            On::Transaction(pool) => {
                let around = pool.begin(step, TransactionOptions::default()).await?;
                let sent = around.query_all_raw(statement).await;
                self.end(around, sent).await
            }
        };
        sent.map_err(errors::during(step))
    }

    /// Commits what has worked. A statement that stands alone is one that may be sent again, so an
    /// answer that never came is an error like any other.
    async fn end<T>(
        &self,
        around: DatabaseTransaction,
        sent: Result<T, DbErr>,
    ) -> Result<T, DbErr> {
        self.count();
        match sent {
            Ok(sent) => around.commit().await.map(|()| sent),
            Err(error) => {
                // What the statement has said matters more than how its transaction ends.
                let _ = around.rollback().await;
                Err(error)
            }
        }
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }
}
