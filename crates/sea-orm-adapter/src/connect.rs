//! Opening a database: how many connections, how patient they are, and what stands in between.

mod sessions;

use std::time::Duration;

use ports::StoreError;
use sea_orm::{
    Database, DbBackend,
    sqlx::{
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use crate::{errors, pool::Pool};

/// A row of PostgreSQL is waited for so long.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);
/// SQLite has one writer: this is how long a transaction waits to be it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is tried before it is used.
const TRUSTED_IDLE: Duration = Duration::from_secs(10);

/// Which database, how many connections to it, and how patient they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectOptions {
    /// `sqlite://path`, `sqlite::memory:` or `postgres://user@host/database`.
    pub url: String,
    /// What stands between this program and PostgreSQL. SQLite has nothing in between.
    pub pooler: Pooler,
    /// The size of the pool. A worker needs one connection and never two, so that any number of
    /// workers comes to its end with any number of connections; more workers than connections wait
    /// for one another. A database in memory lives in its only connection, so there it is 1: whoever
    /// reads while a transaction is open waits for its end.
    pub connections_max: u32,
    /// How long to wait for a connection when all of them are in use, and for the first one. It ends
    /// a wait that only a leak or a database in trouble makes so long.
    pub acquire_timeout: Duration,
    /// How long to wait for somebody else's lock before a retry gets its turn; `None` for what
    /// suits the database: 10 seconds on PostgreSQL, and on SQLite, which has one writer, 5. A chunk
    /// holds its locks for less than a second, so whoever waits longer waits for something broken.
    pub lock_timeout: Option<Duration>,
    /// How long PostgreSQL works at one statement; `None` for as long as it takes. It ends what a
    /// program that is long gone has asked for, locks included, so it must be longer than any honest
    /// statement: a check of [verification](ports::spi::Audit) reads whole tables. SQLite's
    /// statements end with their program.
    pub statement_timeout: Option<Duration>,
    /// How long a transaction of PostgreSQL may hear nothing from its program before it is rolled
    /// back; `None` for ever. It frees what a frozen or unreachable program has locked; a program
    /// that lives is never silent for longer than it computes one chunk.
    pub idle_in_transaction_timeout: Option<Duration>,
    /// A connection that nobody has used for so long is closed; `None` for never.
    pub idle_timeout: Option<Duration>,
    /// A connection that is so old is closed when it is given back; `None` for never.
    pub lifetime_max: Option<Duration>,
}

/// What stands between this program and PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pooler {
    /// Nothing, or nothing that shares sessions: each connection is a session of its own.
    #[default]
    None,
    /// A pooler that gives a session to one transaction after another, whoever they belong to:
    /// PgBouncer with `pool_mode = transaction`. Nothing outlives a transaction then: its settings
    /// are made at its start, in one more round trip; no statement is prepared for later; and a
    /// statement that would stand alone has a transaction around it.
    Transaction,
}

impl ConnectOptions {
    /// Ten connections to `url`, waited for at most 30 seconds; closed after ten minutes without
    /// use, and after half an hour. A statement may take an hour, and a transaction be silent for a
    /// minute.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            pooler: Pooler::None,
            connections_max: 10,
            acquire_timeout: Duration::from_secs(30),
            lock_timeout: None,
            statement_timeout: Some(Duration::from_hours(1)),
            idle_in_transaction_timeout: Some(Duration::from_mins(1)),
            idle_timeout: Some(Duration::from_mins(10)),
            lifetime_max: Some(Duration::from_mins(30)),
        }
    }

    fn in_memory(&self) -> bool {
        self.url.contains(":memory:") || self.url.contains("mode=memory")
    }

    fn pool(&self) -> sea_orm::ConnectOptions {
        let postgres = self.clone();
        let busy_timeout = self.lock_timeout.unwrap_or(BUSY_TIMEOUT);
        let mut pool = sea_orm::ConnectOptions::new(&self.url);
        pool.acquire_timeout(self.acquire_timeout)
            .max_connections(self.connections_max.max(1))
            .idle_timeout(self.idle_timeout)
            .max_lifetime(self.lifetime_max)
            .test_before_acquire_if_idle_for(TRUSTED_IDLE)
            .sqlx_logging(false)
            .map_sqlx_postgres_opts(move |it| postgres.session(it))
            .map_sqlx_sqlite_opts(move |it| sqlite(it, busy_timeout));
        if self.in_memory() {
            pool.max_connections(1).idle_timeout(None).max_lifetime(None);
        }
        pool
    }

    fn session(&self, options: PgConnectOptions) -> PgConnectOptions {
        let options = options.application_name("guerdon");
        match self.pooler {
            Pooler::None => options.options(sessions::settings(self)),
            // PgBouncer refuses a start-up parameter that it does not know. Where nothing is
            // prepared for later, numbers travel in binary, and digits do not matter.
            Pooler::Transaction => options.statement_cache_capacity(0).extra_float_digits(None),
        }
    }
}

/// Opens the database; a SQLite file that is missing is created, without a schema.
pub(crate) async fn open(options: &ConnectOptions) -> Result<Pool, StoreError> {
    let opened = Database::connect(options.pool()).await.map_err(errors::connecting)?;
    let postgres = opened.get_database_backend() == DbBackend::Postgres;
    match options.pooler {
        Pooler::Transaction if postgres => Ok(Pool::shared(opened, &sessions::opening(options))),
        _ => {
            let pool = Pool::own(opened);
            if postgres {
                sessions::check(&pool, options).await?;
            }
            Ok(pool)
        }
    }
}

fn sqlite(options: SqliteConnectOptions, busy_timeout: Duration) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(busy_timeout)
}
