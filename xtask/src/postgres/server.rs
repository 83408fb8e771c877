//! A private PostgreSQL server that lives exactly as long as the value that stands for it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, atomic::AtomicBool},
};

use postgres_keeper::{ACCOUNT_VARIABLE, Keeper, PROGRAMS_VARIABLE};

use super::account::Account;
use crate::shell::{self, Failure};

const LOG_TAIL_LINES: usize = 40;

/// What the server's data must survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Nothing: the fastest settings, for tests.
    Disposable,
    /// A power failure, as in production.
    Durable,
}

/// A running server. Dropping it stops the server and deletes its data; so does our end, however it
/// comes: see [`postgres_keeper`].
#[derive(Debug)]
pub(crate) struct Server {
    keeper: Keeper,
    port: u16,
    /// Where its programs are, and who may run them, for tests that crash a server of their own.
    programs: PathBuf,
    account: Option<String>,
}

impl Server {
    /// Starts a server from the programs in `binaries` and waits until it accepts connections.
    pub(crate) fn start(binaries: &Path, durability: Durability) -> Result<Self, Failure> {
        let account = Account::unprivileged()?.borrowed();
        let mut keeper = Keeper::new(binaries, &settings(durability), account.as_deref())
            .map_err(|error| Failure::unprepared(format!("no PostgreSQL: {error}")))?;
        let port = keeper.start().map_err(|error| Failure::new(error.to_string()))?;
        Ok(Self { keeper, port, programs: binaries.into(), account })
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
            .env(PROGRAMS_VARIABLE, &self.programs)
            .envs(self.account.iter().map(|it| (ACCOUNT_VARIABLE, it)));
        shell::run(command)
    }

    /// Saves the server's log from deletion and shows its end: for the reader of a failed test.
    pub(crate) fn keep_log(&self) {
        let log = self.keeper.log();
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
}

fn settings(durability: Durability) -> String {
    let common = "listen_addresses = '127.0.0.1'\n\
                  max_connections = 300\n\
                  deadlock_timeout = 200ms\n"
        .to_owned();
    common
        + match durability {
            Durability::Durable => "shared_buffers = 512MB\nmax_wal_size = 4GB\n",
            Durability::Disposable => {
                "shared_buffers = 128MB\n\
                 fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_disposable_server_forgoes_the_disk() {
        assert!(settings(Durability::Disposable).contains("fsync = off"));
        assert!(!settings(Durability::Durable).contains("off"));
    }
}
