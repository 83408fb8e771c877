//! What corrections want to know.

use app_service::domain::Hash256;
use clap::Args;

use super::{PlayerName, Reading, TournamentName};

const AFTER_HELP: &str = "\
Without --plan nothing is written: the difference is shown, and the hash of the plan that pays it.
With it the difference is paid, if it still is the one that was shown.
Interrupted? The same command goes on from there.";

/// Arguments of `correct`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Correct {
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) pay: Pay,
}

/// Arguments of `disqualify`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Disqualify {
    /// Key or id of the tournament
    pub(crate) tournament: TournamentName,
    /// Keys or ids of the participants who are struck from the results
    #[arg(required = true)]
    pub(crate) players: Vec<PlayerName>,
    #[command(flatten)]
    pub(crate) pay: Pay,
}

/// What both want to know before they pay.
#[derive(Debug, Args)]
pub(crate) struct Pay {
    /// Why, for whoever asks later
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Pay this plan: the hash that was shown; once for each tournament
    #[arg(long = "plan", value_name = "HASH")]
    pub(crate) plans: Vec<Hash256>,
    /// How many changes to show, in ascending player id
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}
