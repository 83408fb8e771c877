//! `cargo xtask bench`: what a reward costs, in ratios to a floor in the same run.

use std::process::Command;

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

    /// Write docs/performance.md and its charts, too; what was not measured now stays as it was
    #[arg(long)]
    write: bool,

    /// Arguments of the bench: `-- --help` lists them
    #[arg(last = true, value_name = "BENCH ARGS")]
    bench: Vec<String>,
}

/// Builds the bench, and the command that it measures, and runs the bench.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let build = ["build", "--release", "--package", "bench", "--package", "cli"];
    shell::run(&mut shell::cargo(build))?;
    let directory = binaries::locate(args.install)?;
    let server = Server::start(&directory, Durability::Durable)?;
    let mut bench = Command::new(shell::target().join("release/bench"));
    bench.args(args.write.then_some("--write")).args(&args.bench);
    server.during(&mut bench)
}
