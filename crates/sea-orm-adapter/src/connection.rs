//! The one place where a statement is sent.

use std::sync::atomic::{AtomicU64, Ordering};

use ports::StoreError;
use sea_orm::{ConnectionTrait, DatabaseExecutor, QueryResult};

use crate::{
    decode::Row,
    dialect::Dialect,
    errors,
    layout::Layout,
    sql::{Sql, Step},
};

/// A pool, or an open transaction: whatever statements are sent to.
pub(crate) struct Connection<'a> {
    on: DatabaseExecutor<'a>,
    dialect: Dialect,
    layout: Layout,
    statements: &'a AtomicU64,
}

impl<'a> Connection<'a> {
    pub(crate) fn new(on: impl Into<DatabaseExecutor<'a>>, statements: &'a AtomicU64) -> Self {
        let on = on.into();
        let dialect = Dialect::of(on.get_database_backend());
        Self { on, dialect, layout: Layout::OneNode, statements }
    }

    /// The same, to tables that are laid out like this.
    pub(crate) fn to(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
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
        self.count();
        let sent = self.on.execute_raw(sql.into_statement(text)).await;
        let rows = sent.map_err(errors::during(step))?.rows_affected();
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
        self.count();
        let sent = self.on.query_all_raw(sql.into_statement(text)).await;
        let rows: Vec<QueryResult> = sent.map_err(errors::during(step))?;
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
        self.on.execute_unprepared(text).await.map(drop).map_err(errors::during(step))
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }
}
