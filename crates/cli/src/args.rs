//! The command line: what can be said, and nothing about what it does.

mod api_key;
mod assess;
mod badges;
mod charges;
mod connection;
mod correct;
mod global;
mod import_options;
mod leaderboard;
mod names;
mod serve;
mod since;
mod verify;

use std::path::PathBuf;

use app_service::domain::{Currency, Hash256};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

pub(crate) use self::{
    api_key::{ApiKey, CreateKey, RotateKey},
    assess::{Assess, Word},
    badges::{Backfill, Badges, Show},
    charges::{Hold, Holds, Refund, Release, Settle, Spend},
    connection::{ConnectionArgs, TooFew},
    correct::{Correct, Disqualify, Pay},
    global::{Colors, Global, Layout},
    import_options::{Intake, Reading},
    leaderboard::Leaderboard,
    names::{PlayerName, TournamentName},
    serve::{Config, Contradiction, Role, Serve},
    since::Since,
    verify::Verify,
};

/// Pay competition rewards exactly once: XP, credits, badges and skill progression.
#[derive(Debug, Parser)]
#[command(name = "guerdon", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Tournaments and players are named by their key or by their id.
Exit codes: 0 done, or done before; 1 something was left out or failed; 2 usage or input, \
nothing was written; 130 interrupted.
`guerdon verify` has codes of its own: 0 held, 1 violated, 2 could not be checked.";

/// Everything that can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Import results, finalize and pay: the main job, as often as you like
    Run(Intake),
    /// Import results, and pay nothing yet
    Import(Intake),
    /// Show what finalizing a tournament would pay
    Preview(Preview),
    /// Freeze a tournament's plan and pay it
    Finalize(Finalize),
    /// Pay what a finalized tournament still owes
    Distribute(Distribute),
    /// Put other results in the place of paid ones, and pay the difference
    Correct(Correct),
    /// Strike participants from paid results, and pay the difference
    Disqualify(Disqualify),
    /// Show what a tournament has paid, or one player's reward of it
    Summary(Summary),
    /// List the tournaments
    Tournaments(Tournaments),
    /// Show what a player owns
    Player {
        /// Key or id of the player
        player: PlayerName,
    },
    /// List the players and what they own
    Players(Players),
    /// List who leads over some tournaments: a season, a tour, a year
    Leaderboard(Leaderboard),
    /// Print what every player has, one line of JSON each, always in the same order
    Export(Export),
    /// Show why a player's balance is what it is
    Ledger(Ledger),
    /// Record what coaches say about players' skills: all of a file or nothing of it
    Assess(Assess),
    /// Charge a player credits
    Spend(Spend),
    /// Set a player's credits aside, to be settled or released
    Hold(Hold),
    /// Charge what was set aside
    Settle(Settle),
    /// Give back what was set aside
    Release(Release),
    /// Give back what was charged
    Refund(Refund),
    /// List what a player has set aside
    Holds(Holds),
    /// Give back what was set aside and not settled in time: run it from a timer
    ExpireHolds,
    /// Check that everything that was paid is as it must be, and draw a report
    Verify(Verify),
    /// Show a player's badges, or give some for what was done in the past
    #[command(subcommand)]
    Badges(Badges),
    /// Check or show what placements are worth
    #[command(subcommand)]
    Policy(Policy),
    /// Look after the schema of the database
    #[command(subcommand)]
    Migrate(Migrate),
    /// Answer over HTTP, deliver events, and do what is due, until it is told to stop
    Serve(Serve),
    /// Look after the keys of the HTTP interface
    #[command(subcommand)]
    ApiKey(ApiKey),
    /// Check or show what the file and the environment say
    #[command(subcommand)]
    Config(Config),
    /// Print the completions of a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// Arguments of `preview`.
#[derive(Debug, Args)]
pub(crate) struct Preview {
    /// Key or id of the tournament
    pub(crate) tournament: TournamentName,
    /// How many awards to show, in ascending player id
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

/// Arguments of `finalize`.
#[derive(Debug, Args)]
pub(crate) struct Finalize {
    /// Key or id of the tournament
    pub(crate) tournament: TournamentName,
    /// Pay only this plan: the hash that `preview` showed
    #[arg(long, value_name = "HASH")]
    pub(crate) plan: Option<Hash256>,
    /// Not now, but at this moment (RFC 3339), by a scheduler of `guerdon serve`
    #[arg(long, value_name = "MOMENT", conflicts_with = "plan", value_parser = moment)]
    pub(crate) at: Option<OffsetDateTime>,
    /// Take back what was said with `--at`
    #[arg(long, conflicts_with_all = ["plan", "at"])]
    pub(crate) by_hand: bool,
}

fn moment(text: &str) -> Result<OffsetDateTime, &'static str> {
    let moment = OffsetDateTime::parse(text, &Rfc3339);
    let moment = moment.ok().and_then(|it| it.checked_to_offset(UtcOffset::UTC));
    moment.ok_or("use a moment with its offset from UTC, as in 2026-11-30T18:00:00Z")
}

/// Arguments of `distribute`.
#[derive(Debug, Args)]
pub(crate) struct Distribute {
    /// Key or id of the tournament
    pub(crate) tournament: TournamentName,
    /// Pay only this player, also after a failure
    #[arg(long, value_name = "PLAYER", conflicts_with = "retry_failed")]
    pub(crate) player: Option<PlayerName>,
    /// Try once more to pay those who could not be paid
    #[arg(long)]
    pub(crate) retry_failed: bool,
}

/// Arguments of `summary`.
#[derive(Debug, Args)]
pub(crate) struct Summary {
    /// Key or id of the tournament
    pub(crate) tournament: TournamentName,
    /// Show this player's reward
    #[arg(long, value_name = "PLAYER")]
    pub(crate) player: Option<PlayerName>,
}

/// Arguments of `tournaments`.
#[derive(Debug, Args)]
pub(crate) struct Tournaments {
    /// How many at most; with --json all by default, else 50
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Start behind this tournament
    #[arg(long, value_name = "TOURNAMENT")]
    pub(crate) after: Option<TournamentName>,
}

/// Arguments of `players`.
#[derive(Debug, Args)]
pub(crate) struct Players {
    /// How many at most; with --json all by default, else 50
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Start behind this player
    #[arg(long, value_name = "PLAYER")]
    pub(crate) after: Option<PlayerName>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Print the SHA-256 of the lines, and not the lines
    #[arg(long)]
    pub(crate) digest: bool,
}

/// Arguments of `ledger`.
#[derive(Debug, Args)]
pub(crate) struct Ledger {
    /// Key or id of the player
    pub(crate) player: PlayerName,
    /// Show one account only
    #[arg(long)]
    pub(crate) currency: Option<Account>,
    /// Start behind the entry of this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) after: i64,
    /// How many entries of each account at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
}

/// An account, as it is called on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Account {
    /// Experience
    Xp,
    /// Credits
    Credit,
    /// Credits that are owed
    Debt,
}

/// Subcommands of `policy`.
#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Find everything that is wrong with a policy file
    Check {
        /// The file, in JSON; comments are allowed
        file: PathBuf,
    },
    /// Print the standard policy, or that of a tournament
    Show {
        /// Key or id of the tournament
        tournament: Option<TournamentName>,
    },
}

/// Subcommands of `migrate`.
#[derive(Debug, Subcommand)]
pub(crate) enum Migrate {
    /// Apply every migration that is missing
    Up,
    /// Take back the latest migration, WITH THE DATA in its tables
    Down {
        /// How many migrations to take back
        #[arg(long, value_name = "N", default_value_t = 1)]
        steps: u32,

        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// List the migrations and which of them are applied
    Status,
    /// Drop every table and apply all migrations: DELETES ALL DATA
    Fresh {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

impl From<Account> for Currency {
    fn from(account: Account) -> Self {
        match account {
            Account::Xp => Self::Xp,
            Account::Credit => Self::Credit,
            Account::Debt => Self::Debt,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
