//! The command line.

use clap::Parser;

use crate::Failure;

/// Names the server: the one that `cargo xtask bench` starts.
const SERVER: &str = "GUERDON_TEST_POSTGRES_URL";

/// Measure what a tournament of so many participants costs, beside hand-written SQL that does the
/// same.
#[derive(Debug, Parser)]
#[command(name = "bench")]
pub(crate) struct Args {
    /// Participants of a tournament
    #[arg(long, value_delimiter = ',', default_values_t = [16, 64, 1_000, 10_000, 100_000])]
    pub(crate) sizes: Vec<u32>,

    /// Tournaments of each size, by hand and by Guerdon; by default more of the smaller ones
    #[arg(long, value_name = "N")]
    rounds: Option<u32>,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl Args {
    pub(crate) fn players_max(&self) -> u32 {
        self.sizes.iter().copied().max().unwrap_or_default()
    }

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
