//! `cargo xtask bench`: what a reward costs, in ratios to a floor in the same run.

use crate::{
    postgres::{Durability, Server, binaries},
    shell::{self, Failure},
};

/// Measure what a reward costs, beside hand-written SQL that writes the same, in one run.
///
/// The private PostgreSQL server flushes every commit to disk. Figures are ratios: machines differ,
/// and so do hours on one machine.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Install PostgreSQL through the system's package manager if it is missing
    #[arg(long)]
    install: bool,

    /// Arguments of the bench: `-- --help` lists them
    #[arg(last = true, value_name = "BENCH ARGS")]
    bench: Vec<String>,
}

/// Builds the bench and runs it.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let bench = ["run", "--release", "--quiet", "--package", "bench", "--"];
    let bench = bench.into_iter().chain(args.bench.iter().map(String::as_str));
    let directory = binaries::locate(args.install)?;
    let server = Server::start(&directory, Durability::Durable)?;
    server.during(&mut shell::cargo(bench))
}
