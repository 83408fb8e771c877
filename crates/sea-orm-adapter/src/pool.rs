//! Where transactions begin, and where statements go that stand alone.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use ports::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, TransactionOptions,
    TransactionTrait,
};

use crate::{connection::Connection, errors, layout::Layout, sql::Step};

/// The connections of a store. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    connections: DatabaseConnection,
    /// What every transaction begins with where sessions are shared. Nothing may then be sent
    /// outside of one: it takes two messages, and they could go to two sessions.
    opening: Option<Arc<str>>,
    layout: Layout,
    /// Statements sent so far.
    statements: Arc<AtomicU64>,
}

impl Pool {
    /// Connections that are sessions of their own.
    pub(crate) fn own(connections: DatabaseConnection) -> Self {
        Self { connections, opening: None, layout: Layout::OneNode, statements: Arc::default() }
    }

    /// Connections behind a pooler, which has a session for each transaction.
    pub(crate) fn shared(connections: DatabaseConnection, opening: &str) -> Self {
        Self { opening: Some(opening.into()), ..Self::own(connections) }
    }

    /// The same connections, to tables that are laid out like this.
    pub(crate) fn laid_out(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// Begins on a task of its own: a `BEGIN` that is dropped half way would leave its connection
    /// inside a transaction that nobody knows of, and the next user's writes would be lost in it.
    pub(crate) async fn begin(
        &self,
        step: Step,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, StoreError> {
        let pool = self.clone();
        let begun = tokio::spawn(async move { pool.begin_here(options).await });
        let begun = begun.await.map_err(|stopped| errors::unusable(step.during, stopped))?;
        begun.map_err(errors::during(step))
    }

    /// For statements that stand alone.
    pub(crate) fn reading(&self) -> Connection<'_> {
        Connection::alone(self)
    }

    /// Whether sessions are shared.
    pub(crate) fn is_shared(&self) -> bool {
        self.opening.is_some()
    }

    /// The connections themselves, past all that is said here.
    pub(crate) fn connections(&self) -> &DatabaseConnection {
        &self.connections
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// Counts a statement that is sent.
    pub(crate) fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// Statements sent so far.
    pub(crate) fn statements_total(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    async fn begin_here(&self, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        let Some(opening) = &self.opening else {
            let transaction = self.connections.begin_with_options(options).await?;
            self.statements.fetch_add(1, Ordering::Relaxed);
            return Ok(transaction);
        };
        // What kind of transaction it is would be said in a prepared statement.
        let opening = format!("{}{opening}", kind(options));
        let transaction = self.connections.begin().await?;
        transaction.execute_unprepared(&opening).await?;
        self.statements.fetch_add(2, Ordering::Relaxed);
        Ok(transaction)
    }
}

/// What kind of transaction it is, for PostgreSQL, which wants to hear it before all else.
fn kind(options: TransactionOptions) -> String {
    let isolation = options.isolation_level.map(|it| format!("ISOLATION LEVEL {it}"));
    let access = options.access_mode.map(|it| it.to_string());
    let kind = isolation.into_iter().chain(access).collect::<Vec<_>>().join(", ");
    if kind.is_empty() { kind } else { format!("SET TRANSACTION {kind}; ") }
}

impl migrations::Begin for Pool {
    async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        self.begin_here(options).await
    }
}
