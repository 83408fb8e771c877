//! A PostgreSQL server of one's own that keeps what it has promised on the disk, and can be crashed.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::process::CommandExt,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tokio::time::{sleep, timeout};

/// Names the directory of the server programs.
pub const PROGRAMS_VARIABLE: &str = "GUERDON_TEST_POSTGRES_BIN";

/// Names the account that runs the server, as `uid:gid`; not set where it is that of the tests.
pub const ACCOUNT_VARIABLE: &str = "GUERDON_TEST_POSTGRES_ACCOUNT";

/// So long that only a server that will never be ready is not.
const GIVE_UP: Duration = Duration::from_mins(1);

/// A server with the settings of production where they matter: every commit is flushed. It goes away
/// with this value.
#[derive(Debug)]
pub struct DurableServer {
    keeper: Child,
    answers: BufReader<ChildStdout>,
    port: u16,
}

impl DurableServer {
    /// Starts one with an empty database called `postgres`.
    pub async fn start() -> Self {
        let port = free_port();
        let mut keeper = keeper(port).spawn().unwrap();
        let answers = BufReader::new(keeper.stdout.take().unwrap());
        let mut server = Self { keeper, answers, port };
        assert!(!server.answer().is_empty(), "initdb failed; its words are above");
        server.restart().await;
        server
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://guerdon@127.0.0.1:{}/postgres", self.port)
    }

    /// SIGKILL, for the server and each of its processes.
    pub async fn crash(&mut self) {
        let pids = self.processes().await.join(" ");
        self.command(&format!("crash {pids}"));
    }

    /// Starts it from what is on the disk, and waits until it has recovered.
    pub async fn restart(&mut self) {
        self.command("start");
        let ready = async {
            while self.connect().await.is_none() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(GIVE_UP, ready).await.expect("the server is not ready");
    }

    async fn processes(&self) -> Vec<String> {
        let connection = self.connect().await.expect("the server runs");
        let sql = "SELECT pid::text AS pid FROM pg_stat_activity";
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let rows = connection.query_all_raw(statement).await.unwrap();
        rows.iter().map(|it| it.try_get("", "pid").unwrap()).collect()
    }

    async fn connect(&self) -> Option<DatabaseConnection> {
        Database::connect(self.url()).await.ok()
    }

    fn command(&mut self, command: &str) {
        writeln!(self.keeper.stdin.as_mut().unwrap(), "{command}").unwrap();
        let answer = self.answer();
        assert!(command.starts_with(&answer) && !answer.is_empty(), "the keeper is gone");
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }
}

impl Drop for DurableServer {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn keeper(port: u16) -> Command {
    let help = "is not set: run the tests with `cargo xtask test`, which finds the programs";
    let programs = std::env::var_os(PROGRAMS_VARIABLE);
    let programs = programs.unwrap_or_else(|| panic!("{PROGRAMS_VARIABLE} {help}"));
    let settings = format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nfsync = on\nsynchronous_commit = on\n"
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", include_str!("durable_keeper.sh"), "guerdon-durable-keeper"])
        .arg(programs)
        .arg(settings)
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if let Ok(account) = std::env::var(ACCOUNT_VARIABLE) {
        let (user, group) = account.split_once(':').expect("uid:gid");
        command.uid(user.parse().expect("a number")).gid(group.parse().expect("a number"));
    }
    command
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).unwrap().port()
}
