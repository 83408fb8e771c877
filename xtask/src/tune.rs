//! `cargo xtask tune`: what settings of PostgreSQL do to the time that rewards take.

use postgres_keeper::POOLER_VARIABLE;

use crate::{
    postgres::{Durability, Server, binaries, pooler},
    shell::{self, Failure},
};

/// Measure what settings of PostgreSQL, a pooler and the size of the pool do.
///
/// Every candidate has a private server that flushes every commit, and takes turns with the others.
/// `docs/operations.md` has what it said.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Install PostgreSQL and PgBouncer through the system's package manager if they are missing
    #[arg(long)]
    install: bool,

    /// Arguments of the measurement: `-- --help` lists them
    #[arg(last = true, value_name = "TUNING ARGS")]
    tuning: Vec<String>,
}

/// Builds the measurement and runs it.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let words = ["run", "--release", "--quiet", "--package", "tuning", "--"];
    let words = words.into_iter().chain(args.tuning.iter().map(String::as_str));
    let directory = binaries::locate(args.install)?;
    let pooler = pooler::locate(args.install)?;
    // It says where the programs are, and who may run them.
    let server = Server::start(&directory, Durability::Disposable)?;
    server.during(shell::cargo(words).env(POOLER_VARIABLE, pooler))
}
