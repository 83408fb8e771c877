//! The command line.

use app_service::Settings;
use clap::{Parser, ValueEnum};

use crate::Failure;

/// Names the server: the one that `cargo xtask bench` starts.
const SERVER: &str = "GUERDON_TEST_POSTGRES_URL";

/// Measure what a tournament costs, beside hand-written SQL that does the same.
#[derive(Debug, Parser)]
#[command(name = "bench")]
pub(crate) struct Args {
    /// Participants of a tournament
    #[arg(long, value_delimiter = ',', default_values_t = [16, 64, 1_000, 10_000, 100_000])]
    pub(crate) sizes: Vec<u32>,

    /// Tournaments of each kind, by hand and by Guerdon; by default more of the smaller ones
    #[arg(long, value_name = "N")]
    rounds: Option<u32>,

    /// Participants paid in one transaction
    #[arg(long, value_name = "N", default_value_t = Settings::default().chunk_size)]
    chunk: u32,

    /// Measure only these
    #[arg(long, value_name = "CASE", value_delimiter = ',')]
    only: Vec<Case>,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Case {
    /// Tournaments of each size, with one worker
    Sizes,
    /// The largest of them with one, two and four workers
    Workers,
    /// Players with no earlier tournament, and with two hundred
    History,
    /// Eight tournaments at once, over the same players and over others
    Contention,
    /// A tournament that is paid, asked for once more
    Repeated,
}

impl Args {
    /// What Guerdon is set to, where a case asks for nothing else.
    pub(crate) fn settings(&self) -> Settings {
        Settings { chunk_size: self.chunk, ..Settings::default() }
    }

    /// Whether a case is asked for.
    pub(crate) fn wants(&self, case: Case) -> bool {
        self.only.is_empty() || self.only.contains(&case)
    }

    /// The largest tournament.
    pub(crate) fn size_max(&self) -> u32 {
        self.sizes.iter().copied().max().unwrap_or_default()
    }

    /// How often tournaments of this size are measured.
    pub(crate) fn rounds(&self, size: u32) -> u32 {
        let usual = if size >= 100_000 { 5 } else { 11 };
        self.rounds.unwrap_or(usual).max(1)
    }
}

/// Where databases can be created.
pub(crate) fn server() -> Result<String, Failure> {
    let missing = || format!("{SERVER} is not set: run `cargo xtask bench`, which starts a server");
    Ok(std::env::var(SERVER).map_err(|_| missing())?)
}
