//! `cargo xtask schedule`: the scenarios of the schedule search, and any one order of their steps again.

use clap::Subcommand;

use crate::{
    postgres::{Durability, Server, binaries},
    shell::{self, Failure},
};

/// List the scenarios of the schedule search, or play one order of their steps again.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the scenarios, and the faults that can be planted
    List,
    /// Play one order again, as a failed search has printed it, and show every step
    Replay {
        /// `scenario@adapter:order`; adapters are memory, sqlite and postgres
        schedule: String,

        /// Install PostgreSQL through the system's package manager if it is needed and missing
        #[arg(long)]
        install: bool,
    },
}

/// Runs it; a replay fails when the order goes wrong.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    match &args.what {
        What::List => shell::run(schedules().arg("list")),
        What::Replay { schedule, install } => replay(schedule, *install),
    }
}

fn replay(schedule: &str, install: bool) -> Result<(), Failure> {
    let mut command = schedules();
    command.args(["replay", schedule]);
    if !schedule.contains("@postgres:") {
        return shell::run(&mut command);
    }
    let server = Server::start(&binaries::locate(install)?, Durability::Disposable)?;
    server.during(&mut command)
}

fn schedules() -> std::process::Command {
    shell::cargo(["run", "--quiet", "--package", "schedules", "--"])
}
