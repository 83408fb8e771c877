//! A PgBouncer of one's own before the server that `cargo xtask test` provides.

use std::path::Path;

use postgres_keeper::{ACCOUNT_VARIABLE, POOLER_VARIABLE, Pooler};

use crate::postgres::server;

/// The configuration that operators are told to take.
pub const POOLER_CONFIGURATION: &str = include_str!("../../../docs/operations/pgbouncer.ini");

/// The line of its database.
const DATABASE: &str = "guerdon = host=127.0.0.1 port=5432 dbname=guerdon";

/// It is asked for by the pooler, and the test server lets everybody in.
const PASSWORD: &str = "reward";

/// A PgBouncer in transaction mode. It goes away with this value.
#[derive(Debug)]
pub struct TransactionPooler {
    pooler: Pooler,
}

impl TransactionPooler {
    /// Starts one as operators are told to, but for where everything is, with so many sessions of
    /// the server for each database, and `more` settings.
    #[must_use]
    pub fn start(sessions: u32, more: &str) -> Self {
        Self::before(&server(), sessions, more)
    }

    /// The same before the server of a database at `url`.
    #[must_use]
    pub fn before(url: &str, sessions: u32, more: &str) -> Self {
        let help = "is not set: run the tests with `cargo xtask test`, which finds the program";
        let program = std::env::var_os(POOLER_VARIABLE);
        let program = program.unwrap_or_else(|| panic!("{POOLER_VARIABLE} {help}"));
        let account = std::env::var(ACCOUNT_VARIABLE).ok();
        let (host, port) = address(url);
        let here = format!(
            "auth_file = userlist.txt\nunix_socket_dir =\ndefault_pool_size = {sessions}\n\
             log_connections = 0\nlog_disconnections = 0\n{more}"
        );
        let everything = format!("* = host={host} port={port}");
        let configuration = POOLER_CONFIGURATION.replace(DATABASE, &everything);
        let configuration = with(&configuration, &here);
        let users = format!("\"guerdon\" \"{PASSWORD}\"");
        let account = account.as_deref();
        let pooler = Pooler::start(Path::new(&program), &configuration, &users, account).unwrap();
        Self { pooler }
    }

    /// Where a database is when it is asked for here.
    #[must_use]
    pub fn url_of(&self, url: &str) -> String {
        let (_, database) = url.rsplit_once('/').unwrap();
        format!("postgres://guerdon:{PASSWORD}@127.0.0.1:{}/{database}", self.pooler.port())
    }
}

/// `configuration`, with other `settings` in its last section. It has no section twice: PgBouncer
/// forgets the first one.
fn with(configuration: &str, settings: &str) -> String {
    let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let set: Vec<_> = settings.lines().filter_map(key).collect();
    // Whoever starts it says where it listens.
    let is_kept =
        |line: &&str| key(line).is_none_or(|it| it != "listen_port" && !set.contains(&it));
    let kept: Vec<_> = configuration.lines().filter(is_kept).collect();
    format!("{}\n{settings}", kept.join("\n"))
}

/// Host and port of `postgres://user@host:port/database`.
fn address(url: &str) -> (&str, &str) {
    let (address, _) = url.rsplit_once('/').unwrap();
    let (_, address) = address.rsplit_once('@').unwrap();
    address.rsplit_once(':').unwrap()
}
