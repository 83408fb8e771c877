//! A kind of database, for harnesses that are written once for all of them.

use crate::{CommitProxy, Cut, PostgresDatabase, SqliteDatabase, fresh_postgres, fresh_sqlite};

/// A kind of database of which a test can have one of its own.
pub trait TestDatabase: Send + Sync + Sized + 'static {
    /// Whether two transactions can be open and write at the same time.
    const HAS_CONCURRENT_WRITERS: bool;

    /// An empty database with its schema in place.
    fn fresh() -> impl Future<Output = Self> + Send;

    /// Where it is.
    fn address(&self) -> &str;

    /// An address at which no commit is answered; `None` where the database is in this process.
    fn unanswering(&self) -> impl Future<Output = Option<String>> + Send;
}

impl TestDatabase for SqliteDatabase {
    const HAS_CONCURRENT_WRITERS: bool = false;

    async fn fresh() -> Self {
        fresh_sqlite().await
    }

    fn address(&self) -> &str {
        self.url()
    }

    async fn unanswering(&self) -> Option<String> {
        None
    }
}

impl TestDatabase for PostgresDatabase {
    const HAS_CONCURRENT_WRITERS: bool = true;

    async fn fresh() -> Self {
        fresh_postgres().await
    }

    fn address(&self) -> &str {
        self.url()
    }

    async fn unanswering(&self) -> Option<String> {
        let proxy = CommitProxy::to(self.url()).await;
        proxy.cut_every(Cut::BeforeTheClientHears);
        Some(proxy.url().to_owned())
    }
}
