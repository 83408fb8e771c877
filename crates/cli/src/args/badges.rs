//! What can be done about badges.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::PlayerName;

const AFTER_HELP: &str = "\
A rule file is one rule as a policy has it: docs/badges.md shows some.
Interrupted? The same command goes on from there. Done? It finds nothing to do.";

/// Subcommands of `badges`.
#[derive(Debug, Subcommand)]
pub(crate) enum Badges {
    /// Show a player's badges: the rarest, the latest, and all by category
    Show(Show),
    /// Hold a badge rule against everybody's past, and give the badge to whoever has earned it
    Backfill(Backfill),
}

/// Arguments of `badges show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Key or id of the player
    pub(crate) player: PlayerName,

    /// How many of the rarest and of the latest to show
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) limit: usize,
}

/// Arguments of `badges backfill`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Backfill {
    /// The rule, in JSON; comments are allowed
    #[arg(long, value_name = "FILE")]
    pub(crate) rule: PathBuf,

    /// Show who would get what, and write nothing
    #[arg(long)]
    pub(crate) preview: bool,

    /// How many badges of a preview to name
    #[arg(long, value_name = "N", default_value_t = 20, requires = "preview")]
    pub(crate) limit: usize,
}
