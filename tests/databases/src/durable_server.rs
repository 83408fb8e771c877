//! A PostgreSQL server of one's own that keeps what it has promised on the disk, and can be crashed.

use std::path::Path;

use postgres_keeper::{ACCOUNT_VARIABLE, Keeper, PROGRAMS_VARIABLE};
use sea_orm::{ConnectionTrait, Database, Statement};

/// The settings of production where they matter: every commit is flushed.
const SETTINGS: &str = "listen_addresses = '127.0.0.1'\nfsync = on\nsynchronous_commit = on\n";

/// A server that flushes every commit. It goes away with this value.
#[derive(Debug)]
pub struct DurableServer {
    keeper: Keeper,
    port: u16,
}

impl DurableServer {
    /// Starts one with an empty database called `postgres`.
    #[must_use]
    pub fn start() -> Self {
        let help = "is not set: run the tests with `cargo xtask test`, which finds the programs";
        let programs = std::env::var_os(PROGRAMS_VARIABLE);
        let programs = programs.unwrap_or_else(|| panic!("{PROGRAMS_VARIABLE} {help}"));
        let account = std::env::var(ACCOUNT_VARIABLE).ok();
        let (programs, account) = (Path::new(&programs), account.as_deref());
        let mut keeper = Keeper::new(programs, SETTINGS, account).unwrap();
        let port = keeper.start().unwrap();
        Self { keeper, port }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://guerdon@127.0.0.1:{}/postgres", self.port)
    }

    /// SIGKILL, for the server and each of its processes.
    pub async fn crash(&mut self) {
        let processes = self.processes().await;
        self.keeper.crash(&processes).unwrap();
    }

    /// Starts it from what is on the disk, and waits until it has recovered.
    pub fn restart(&mut self) {
        self.keeper.restart(self.port).unwrap();
    }

    async fn processes(&self) -> Vec<String> {
        let connection = Database::connect(self.url()).await.expect("the server runs");
        let sql = "SELECT pid::text AS pid FROM pg_stat_activity";
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let rows = connection.query_all_raw(statement).await.unwrap();
        rows.iter().map(|it| it.try_get("", "pid").unwrap()).collect()
    }
}
