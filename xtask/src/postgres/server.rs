//! A private PostgreSQL server that lives exactly as long as the value that stands for it.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, atomic::AtomicBool},
};

use super::account::Account;
use crate::shell::{self, Failure};

const KEEPER: &str = include_str!("keeper.sh");
const PORT_ATTEMPTS_MAX: u32 = 5;
const LOG_TAIL_LINES: usize = 40;

/// What the server's data must survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Nothing: the fastest settings, for tests.
    Disposable,
    /// A power failure, as in production.
    Durable,
}

/// A running server. Dropping it stops the server and deletes its data.
///
/// A small shell, the keeper, starts and stops the server. It waits on a pipe that we hold open, so
/// the server also goes when we are killed; a handler for signals could not promise that of SIGKILL.
#[derive(Debug)]
pub(crate) struct Server {
    keeper: Child,
    directory: PathBuf,
    port: u16,
    /// Where its programs are, and who may run them, for tests that crash a server of their own.
    programs: PathBuf,
    account: Option<String>,
}

impl Server {
    /// Starts a server from the programs in `binaries` and waits until it accepts connections.
    pub(crate) fn start(binaries: &Path, durability: Durability) -> Result<Self, Failure> {
        let account = Account::unprivileged()?;
        for _ in 0..PORT_ATTEMPTS_MAX {
            let port = free_port()?;
            if let Some(server) = Self::try_start(binaries, durability, &account, port)? {
                return Ok(server);
            }
        }
        Err(Failure::new(format!("lost {PORT_ATTEMPTS_MAX} free ports in a row to other programs")))
    }

    /// Shows and runs `command`, which finds this server in its environment, and waits for it.
    pub(crate) fn during(&self, command: &mut Command) -> Result<(), Failure> {
        // Ctrl-C reaches the command too and is its to answer; we stay to clean up after it.
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::<AtomicBool>::default())
            .map_err(|error| Failure::new(format!("cannot handle Ctrl-C: {error}")))?;
        let port = self.port;
        let url = format!("postgres://guerdon@127.0.0.1:{port}/postgres");
        eprintln!("PostgreSQL at {url}");
        command
            .env("GUERDON_TEST_POSTGRES_URL", url)
            .envs([("PGHOST", "127.0.0.1"), ("PGUSER", "guerdon"), ("PGDATABASE", "postgres")])
            .env("PGPORT", port.to_string())
            .env("GUERDON_TEST_POSTGRES_BIN", &self.programs)
            .envs(self.account.iter().map(|it| ("GUERDON_TEST_POSTGRES_ACCOUNT", it)));
        shell::run(command)
    }

    /// Saves the server's log from deletion and shows its end: for the reader of a failed test.
    pub(crate) fn keep_log(&self) {
        let log = fs::read_to_string(self.directory.join("server.log")).unwrap_or_default();
        let kept = shell::target().join("xtask-postgres.log");
        match fs::write(&kept, &log) {
            Ok(()) => eprintln!("The server's log, kept in {}, ends with:", kept.display()),
            Err(error) => eprintln!("The server's log, not kept ({error}), ends with:"),
        }
        let lines: Vec<_> = log.lines().collect();
        for line in lines.iter().skip(lines.len().saturating_sub(LOG_TAIL_LINES)) {
            eprintln!("  {line}");
        }
    }

    /// `None` if another program took `port` meanwhile.
    fn try_start(
        binaries: &Path,
        durability: Durability,
        account: &Account,
        port: u16,
    ) -> Result<Option<Self>, Failure> {
        let mut keeper = keeper(binaries, &settings(port, durability), account)
            .spawn()
            .map_err(|error| Failure::unprepared(format!("cannot start `sh`: {error}")))?;
        let directory = first_line(&mut keeper);
        if !directory.is_empty() {
            let (directory, programs) = (directory.into(), binaries.into());
            let account = account.borrowed();
            return Ok(Some(Self { keeper, directory, port, programs, account }));
        }
        let ended = keeper.wait();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            return Ok(None);
        }
        Err(Failure::new(format!("PostgreSQL did not start ({ended:?}); its words are above")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("cannot wait for PostgreSQL to stop: {error}");
        }
    }
}

fn keeper(binaries: &Path, settings: &str, account: &Account) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", KEEPER, "guerdon-postgres-keeper"])
        .arg(binaries)
        .arg(settings)
        .env("LC_ALL", "C")
        .current_dir("/")
        // Out of reach of the terminal's Ctrl-C.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    account.assume(&mut command);
    command
}

fn settings(port: u16, durability: Durability) -> String {
    let common = format!(
        "listen_addresses = '127.0.0.1'\n\
         port = {port}\n\
         max_connections = 300\n\
         shared_buffers = 128MB\n\
         deadlock_timeout = 200ms\n"
    );
    match durability {
        Durability::Durable => common,
        Durability::Disposable => {
            common + "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
        }
    }
}

fn first_line(keeper: &mut Child) -> String {
    let Some(stdout) = keeper.stdout.as_mut() else { return String::new() };
    let mut line = String::new();
    // An unreadable line is an absent one: the keeper failed.
    let _ = BufReader::new(stdout).read_line(&mut line);
    line.trim().to_owned()
}

fn free_port() -> Result<u16, Failure> {
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr());
    address
        .map(|address| address.port())
        .map_err(|error| Failure::unprepared(format!("no free port on 127.0.0.1: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_disposable_server_forgoes_the_disk() {
        assert!(settings(5432, Durability::Disposable).contains("fsync = off"));
        assert!(!settings(5432, Durability::Durable).contains("off"));
    }
}
