//! What a leaderboard wants to know.

use app_service::LeaderMeasure;
use clap::{Args, ValueEnum};

use super::TournamentName;

/// Arguments of `leaderboard`.
#[derive(Debug, Args)]
pub(crate) struct Leaderboard {
    /// Keys or ids of the tournaments
    #[arg(value_name = "TOURNAMENT", required_unless_present_any = ["key_prefix", "all"])]
    pub(crate) tournaments: Vec<TournamentName>,
    /// And every tournament whose key begins with this
    #[arg(long, value_name = "TEXT")]
    pub(crate) key_prefix: Option<String>,
    /// Every tournament
    #[arg(long, conflicts_with_all = ["tournaments", "key_prefix"])]
    pub(crate) all: bool,
    /// What to rank by
    #[arg(long, value_name = "MEASURE", default_value = "xp")]
    pub(crate) by: Measure,
    /// How many players at most; with --json all by default, else 50
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// What to rank by, as it is called on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Measure {
    /// XP, as paid
    Xp,
    /// Credits, as paid
    Credits,
    /// First places
    Wins,
    /// Places among the first three
    Podiums,
}

impl From<Measure> for LeaderMeasure {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Xp => Self::Xp,
            Measure::Credits => Self::Credits,
            Measure::Wins => Self::Wins,
            Measure::Podiums => Self::Podiums,
        }
    }
}
