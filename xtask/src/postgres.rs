//! `cargo xtask postgres`: any command beside a private PostgreSQL server.

mod account;
pub(crate) mod binaries;
mod install;
pub(crate) mod pooler;
mod server;

use std::{ffi::OsString, process::Command};

pub(crate) use self::server::{Durability, Server};
use crate::shell::Failure;

/// Run a command while a private PostgreSQL server is up.
///
/// The command finds the server in `GUERDON_TEST_POSTGRES_URL`, and in PGHOST, PGPORT, PGUSER and
/// PGDATABASE, so that `cargo xtask postgres -- psql` just works.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Install PostgreSQL through the system's package manager if it is missing
    #[arg(long)]
    install: bool,

    /// Flush every commit to disk as in production: slower, for measurements
    #[arg(long)]
    durable: bool,

    /// The command to run and its arguments
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

/// Runs the command; fails with its exit code.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let durability = if args.durable { Durability::Durable } else { Durability::Disposable };
    let mut words = args.command.iter();
    let program = words.next().ok_or_else(|| Failure::unprepared("no command to run"))?;
    let directory = binaries::locate(args.install)?;
    let server = Server::start(&directory, durability)?;

    server.during(Command::new(program).args(words))
}
