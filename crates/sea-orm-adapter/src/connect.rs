//! Opening a database: what every connection of the pool is set to.

use std::time::Duration;

use ports::StoreError;
use sea_orm::{
    Database, DatabaseConnection,
    sqlx::{
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use crate::errors;

/// A row of PostgreSQL is waited for so long.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);
/// A transaction whose program went away lets go of its locks after this time.
const IDLE_IN_TRANSACTION_TIMEOUT: &str = "60s";
/// SQLite has one writer: this is how long a transaction waits to be it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is tried before it is used.
const TRUSTED_IDLE: Duration = Duration::from_secs(10);

/// Which database, and how many connections to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectOptions {
    /// `sqlite://path`, `sqlite::memory:` or `postgres://user@host/database`.
    pub url: String,
    /// The size of the pool. A database in memory lives in its only connection, so there it is 1:
    /// whoever reads while a transaction is open waits for its end.
    pub connections_max: u32,
    /// How long to wait for a connection when all of them are in use.
    pub acquire_timeout: Duration,
    /// How long to wait for somebody else's lock before a retry gets its turn; `None` for what
    /// suits the database: 10 seconds on PostgreSQL, and on SQLite, which has one writer, 5.
    pub lock_timeout: Option<Duration>,
    /// A connection that nobody has used for so long is closed; `None` for never.
    pub idle_timeout: Option<Duration>,
    /// A connection that is so old is closed when it is given back; `None` for never.
    pub lifetime_max: Option<Duration>,
}

impl ConnectOptions {
    /// Ten connections to `url`, waited for at most 30 seconds; closed after ten minutes without
    /// use, and after half an hour.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            connections_max: 10,
            acquire_timeout: Duration::from_secs(30),
            lock_timeout: None,
            idle_timeout: Some(Duration::from_mins(10)),
            lifetime_max: Some(Duration::from_mins(30)),
        }
    }

    fn in_memory(&self) -> bool {
        self.url.contains(":memory:") || self.url.contains("mode=memory")
    }
}

/// Opens the database; a SQLite file that is missing is created, without a schema.
pub(crate) async fn open(options: &ConnectOptions) -> Result<DatabaseConnection, StoreError> {
    let lock_timeout = options.lock_timeout.unwrap_or(LOCK_TIMEOUT);
    let busy_timeout = options.lock_timeout.unwrap_or(BUSY_TIMEOUT);
    let mut pool = sea_orm::ConnectOptions::new(&options.url);
    pool.acquire_timeout(options.acquire_timeout)
        .max_connections(options.connections_max.max(1))
        .idle_timeout(options.idle_timeout)
        .max_lifetime(options.lifetime_max)
        .test_before_acquire_if_idle_for(TRUSTED_IDLE)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(move |it| postgres(it, lock_timeout))
        .map_sqlx_sqlite_opts(move |it| sqlite(it, busy_timeout));
    if options.in_memory() {
        pool.max_connections(1).idle_timeout(None).max_lifetime(None);
    }
    let opened = Database::connect(pool).await;
    opened.map_err(|error| errors::unusable("connecting", error))
}

fn postgres(options: PgConnectOptions, lock_timeout: Duration) -> PgConnectOptions {
    // PostgreSQL takes 0 for no limit.
    let lock_timeout_ms = lock_timeout.as_millis().max(1).to_string();
    options.application_name("guerdon").options([
        // Every statement goes along a key, in its order. Where a table has grown faster than its
        // statistics, PostgreSQL would rather collect and sort all that is left of a tournament for
        // every chunk that is claimed.
        ("enable_bitmapscan", "off"),
        ("lock_timeout", &lock_timeout_ms),
        ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_TIMEOUT),
    ])
}

fn sqlite(options: SqliteConnectOptions, busy_timeout: Duration) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(busy_timeout)
}
