//! The command line.

use std::fmt;

use app_service::Settings;
use clap::{Parser, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::Failure;

/// Names the server: the one that `cargo xtask bench` starts.
const SERVER: &str = "GUERDON_TEST_POSTGRES_URL";

/// The largest tournament of all.
const LARGE: u32 = 1_000_000;

/// The largest one of cases that do not ask how time grows.
const USUAL_MAX: u32 = 100_000;

/// Ledger entries that are verified.
const ENTRIES: u64 = 1_000_000;
const ENTRIES_LARGE: u64 = 10_000_000;

/// Measure what a tournament costs, beside hand-written SQL that does the same.
#[derive(Debug, Parser)]
#[command(name = "bench")]
pub(crate) struct Args {
    /// Participants of a tournament
    #[arg(long, value_delimiter = ',', default_values_t = [16, 64, 1_000, 10_000, 100_000])]
    sizes: Vec<u32>,

    /// A tournament of 1,000,000 participants, too, and a ledger of 10,000,000 entries: an hour more
    #[arg(long)]
    large: bool,

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

    /// Write docs/performance.md and its charts, too; what was not measured now stays as it was
    #[arg(long)]
    pub(crate) write: bool,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Case {
    /// Players with no earlier tournament, and with two hundred
    History,
    /// Tournaments of each size, with one worker
    Sizes,
    /// The same on an SQLite file
    Sqlite,
    /// A large tournament with one, two and four workers
    Workers,
    /// Eight tournaments at once, over the same players and over others
    Contention,
    /// A tournament that is paid, asked for once more
    Repeated,
    /// 916 races, taken in and paid by the `guerdon` command
    Import,
    /// A large ledger, verified
    Verify,
    /// What one tournament takes of memory, from its file to what everybody has
    Memory,
}

impl Case {
    /// In the order in which they are measured: histories first, while nobody has one.
    pub(crate) const ALL: [Self; 9] = [
        Self::History,
        Self::Sizes,
        Self::Sqlite,
        Self::Workers,
        Self::Contention,
        Self::Repeated,
        Self::Import,
        Self::Verify,
        Self::Memory,
    ];

    /// Whether it looks for the players of all cases together.
    fn shares_players(self) -> bool {
        !matches!(self, Self::Import | Self::Verify | Self::Memory)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value();
        f.write_str(value.as_ref().map_or("", clap::builder::PossibleValue::get_name))
    }
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

    /// Whether a case is asked for that looks for the players of all cases together.
    pub(crate) fn shares_players(&self) -> bool {
        Case::ALL.into_iter().any(|it| it.shares_players() && self.wants(it))
    }

    /// Participants of a tournament, ascending.
    pub(crate) fn sizes(&self) -> Vec<u32> {
        let mut sizes = self.sizes.clone();
        sizes.extend(self.large.then_some(LARGE));
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// The largest tournament.
    pub(crate) fn size_max(&self) -> u32 {
        self.sizes().last().copied().unwrap_or_default()
    }

    /// The largest tournament of cases that do not ask how time grows.
    pub(crate) fn size_usual(&self) -> u32 {
        self.size_max().min(USUAL_MAX)
    }

    /// How often tournaments of this size are measured.
    pub(crate) fn rounds(&self, size: u32) -> u32 {
        let usual = match size {
            LARGE.. => 1,
            100_000.. => 3,
            10_000.. => 7,
            _ => 11,
        };
        self.rounds.unwrap_or(usual).max(1)
    }

    /// Participants of the tournament whose memory is measured.
    pub(crate) fn size_of_memory(&self) -> u32 {
        if self.large { LARGE } else { USUAL_MAX }
    }

    /// Ledger entries that are verified.
    pub(crate) fn entries(&self) -> u64 {
        if self.large { ENTRIES_LARGE } else { ENTRIES }
    }
}

/// Where databases can be created.
pub(crate) fn server() -> Result<String, Failure> {
    let missing = || format!("{SERVER} is not set: run `cargo xtask bench`, which starts a server");
    Ok(std::env::var(SERVER).map_err(|_| missing())?)
}
