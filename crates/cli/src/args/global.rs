//! What can be said with every command.

use std::path::PathBuf;

use app_service::{Settings, domain::check_text};
use clap::{ArgAction, Args, ValueEnum};

use super::ConnectionArgs;

/// What can be said with every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,

    /// A file of settings, in TOML: whatever has a variable of the environment
    #[arg(long, global = true, value_name = "FILE", env = "GUERDON_CONFIG")]
    pub(crate) config: Option<PathBuf>,

    /// Where the rows of a table are
    #[arg(long, global = true, env = "GUERDON_LAYOUT", default_value = "one-node")]
    pub(crate) layout: Layout,

    /// Print JSON: one document, or one line for each item of a list
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Print nothing but what was asked for: no notes, no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// Log to stderr; -vv each unit of work, -vvv each lock
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Log in lines of JSON
    #[arg(long, global = true, env = "GUERDON_LOG_JSON")]
    pub(crate) log_json: bool,

    /// When to use colours; `auto` means on terminals, unless `NO_COLOR` is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colors,

    /// Participants paid in one transaction
    #[arg(
        long,
        global = true,
        value_name = "N",
        env = "GUERDON_CHUNK_SIZE",
        default_value_t = Settings::default().chunk_size,
        value_parser = clap::value_parser!(u32).range(1..=100_000)
    )]
    pub(crate) chunk_size: u32,

    /// Transactions that pay one tournament at the same time
    #[arg(
        long,
        global = true,
        value_name = "N",
        env = "GUERDON_WORKERS",
        default_value_t = Settings::default().workers,
        value_parser = clap::value_parser!(u32).range(1..=64)
    )]
    pub(crate) workers: u32,

    /// Who the record says it was
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "GUERDON_ACTOR",
        default_value = "guerdon",
        value_parser = text
    )]
    pub(crate) actor: String,
}

/// Where the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// On one node
    OneNode,
    /// On several nodes of a PostgreSQL, as docs/scaling.md distributes them
    Sharded,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colors {
    /// On terminals
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// A text that the record can show.
fn text(given: &str) -> Result<String, String> {
    match check_text(given) {
        Ok(()) => Ok(given.to_owned()),
        Err(problem) => Err(format!("it {problem}, expected {}", problem.expected())),
    }
}

impl Global {
    /// How the use cases are tuned.
    pub(crate) fn settings(&self) -> Settings {
        let Self { chunk_size, workers, .. } = *self;
        Settings { chunk_size, workers, ..Settings::default() }
    }
}
