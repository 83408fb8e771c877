//! How the database is connected to.

use std::time::Duration;

use clap::{Args, ValueEnum};
use sea_orm_adapter::{ConnectOptions, Pooler};

/// How the database is connected to.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database options")]
pub(crate) struct ConnectionArgs {
    /// The database: `sqlite://FILE` or `postgres://USER@HOST/DATABASE`
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "GUERDON_DATABASE_URL",
        default_value = "sqlite://guerdon.db",
        hide_env_values = true
    )]
    pub(crate) database_url: String,

    /// Connections at the same time; by default 10, or two more than --workers if that is more
    #[arg(
        long,
        global = true,
        value_name = "N",
        env = "GUERDON_CONNECTIONS",
        hide_short_help = true,
        value_parser = clap::value_parser!(u32).range(1..=1_000)
    )]
    pub(crate) connections: Option<u32>,

    /// What stands between Guerdon and PostgreSQL
    #[arg(
        long,
        global = true,
        value_name = "KIND",
        env = "GUERDON_POOLER",
        default_value = "none",
        hide_short_help = true
    )]
    pub(crate) pooler: PoolerKind,

    /// How long to wait for a connection when all are in use
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        env = "GUERDON_ACQUIRE_TIMEOUT",
        default_value = "5s",
        hide_short_help = true,
        value_parser = some_time
    )]
    pub(crate) acquire_timeout: Duration,

    /// How long to wait for somebody else's lock before trying again; by default 10s on PostgreSQL,
    /// 5s on SQLite
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        env = "GUERDON_LOCK_TIMEOUT",
        hide_short_help = true,
        value_parser = some_time
    )]
    pub(crate) lock_timeout: Option<Duration>,

    /// How long PostgreSQL may work at one statement; 0s for as long as it takes
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        env = "GUERDON_STATEMENT_TIMEOUT",
        default_value = "1h",
        hide_short_help = true,
        value_parser = humantime::parse_duration
    )]
    pub(crate) statement_timeout: Duration,

    /// How long PostgreSQL keeps a transaction whose program is silent; 0s for ever
    #[arg(
        long,
        global = true,
        value_name = "DURATION",
        env = "GUERDON_IDLE_IN_TRANSACTION_TIMEOUT",
        default_value = "1m",
        hide_short_help = true,
        value_parser = humantime::parse_duration
    )]
    pub(crate) idle_in_transaction_timeout: Duration,
}

/// What stands between Guerdon and PostgreSQL, as it is called on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PoolerKind {
    /// Nothing, or a pooler that keeps a session for each connection
    None,
    /// A pooler with a session for each transaction, such as PgBouncer with `pool_mode = transaction`
    Transaction,
}

impl ConnectionArgs {
    /// How to connect to `url` for so many workers, or why that cannot be: a worker needs a
    /// connection, and whoever has none waits for nothing.
    pub(crate) fn options(&self, url: String, workers: u32) -> Result<ConnectOptions, TooFew> {
        let usual = ConnectOptions::new(url);
        let suitable = || usual.connections_max.max(workers.saturating_add(2));
        let connections_max = self.connections.unwrap_or_else(suitable);
        if connections_max < workers {
            return Err(TooFew { connections: connections_max, workers });
        }
        Ok(ConnectOptions {
            pooler: self.pooler.into(),
            connections_max,
            acquire_timeout: self.acquire_timeout,
            lock_timeout: self.lock_timeout,
            statement_timeout: limit(self.statement_timeout),
            idle_in_transaction_timeout: limit(self.idle_in_transaction_timeout),
            ..usual
        })
    }
}

/// There are fewer connections than workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooFew {
    pub(crate) connections: u32,
    pub(crate) workers: u32,
}

impl From<PoolerKind> for Pooler {
    fn from(kind: PoolerKind) -> Self {
        match kind {
            PoolerKind::None => Self::None,
            PoolerKind::Transaction => Self::Transaction,
        }
    }
}

fn limit(time: Duration) -> Option<Duration> {
    (!time.is_zero()).then_some(time)
}

/// A time that is none would mean no limit to one database, and no patience to another.
pub(super) fn some_time(given: &str) -> Result<Duration, String> {
    match humantime::parse_duration(given) {
        Ok(time) if time.is_zero() => Err("it is no time, expected some".to_owned()),
        Ok(time) => Ok(time),
        Err(error) => Err(error.to_string()),
    }
}
