//! The one place where a statement is sent.

use ports::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, DatabaseTransaction, DbErr, QueryResult, TransactionOptions,
};

use crate::{
    decode::Row,
    dialect::Dialect,
    errors,
    layout::Layout,
    pool::Pool,
    sql::{Sql, Step},
};

/// A pool, or an open transaction: whatever statements are sent to.
pub(crate) struct Connection<'a> {
    transaction: Option<&'a DatabaseTransaction>,
    pool: &'a Pool,
    dialect: Dialect,
}

impl<'a> Connection<'a> {
    /// Whatever is sent goes into `transaction`, which was begun in `pool`.
    pub(crate) fn within(transaction: &'a DatabaseTransaction, pool: &'a Pool) -> Self {
        Self { transaction: Some(transaction), ..Self::alone(pool) }
    }

    /// Whatever is sent stands alone.
    pub(crate) fn alone(pool: &'a Pool) -> Self {
        let dialect = Dialect::of(pool.connections().get_database_backend());
        Self { transaction: None, pool, dialect }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn layout(&self) -> Layout {
        self.pool.layout()
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
        let place = self.place(step).await?;
        let sent = place.execute_raw(sql.into_statement(text)).await;
        let rows = self.end(place, sent).await.map_err(errors::during(step))?.rows_affected();
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
        let place = self.place(step).await?;
        let sent = place.query_all_raw(sql.into_statement(text)).await;
        let rows: Vec<QueryResult> = self.end(place, sent).await.map_err(errors::during(step))?;
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
        let place = self.place(step).await?;
        let sent = place.execute_unprepared(text).await;
        self.end(place, sent).await.map(drop).map_err(errors::during(step))
    }

    /// Where the next statement goes.
    async fn place(&self, step: Step) -> Result<DatabaseExecutor<'a>, StoreError> {
        self.pool.count();
        Ok(match self.transaction {
            Some(transaction) => transaction.into(),
            None if self.pool.is_shared() => {
                let around = self.pool.begin(step, TransactionOptions::default()).await?;
                DatabaseExecutor::OwnedTransaction(around)
            }
            None => self.pool.connections().into(),
        })
    }

    /// Ends the transaction around a statement, if there is one. A statement that stands alone is one
    /// that may be sent again, so a commit without an answer is an error like any other.
    async fn end<T>(
        &self,
        place: DatabaseExecutor<'a>,
        sent: Result<T, DbErr>,
    ) -> Result<T, DbErr> {
        let DatabaseExecutor::OwnedTransaction(around) = place else { return sent };
        self.pool.count();
        match sent {
            Ok(sent) => around.commit().await.map(|()| sent),
            Err(error) => {
                // What the statement has said matters more than how its transaction ends.
                let _ = around.rollback().await;
                Err(error)
            }
        }
    }
}
