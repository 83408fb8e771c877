//! `cargo xtask migrate`: the schema, by way of the `guerdon` of this checkout.

use clap::ValueEnum;

use crate::shell::{self, Failure};

/// Bring a database's schema up or down, or say where it stands.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to do with the schema
    direction: Direction,

    /// Do not ask before `fresh` deletes all data
    #[arg(long)]
    yes: bool,

    /// The database; default: the one that `guerdon` uses here
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    /// Apply every migration that is missing
    Up,
    /// Take back the latest migration
    Down,
    /// List the migrations and which of them are applied
    Status,
    /// Drop everything and apply all migrations: DELETES ALL DATA
    Fresh,
}

/// Delegates to `guerdon migrate`.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let direction = match args.direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Status => "status",
        Direction::Fresh => "fresh",
    };
    let mut command = shell::guerdon(&["migrate", direction]);
    if args.yes {
        command.arg("--yes");
    }
    if let Some(url) = &args.database_url {
        command.args(["--database-url", url]);
    }
    shell::run(&mut command)
}
