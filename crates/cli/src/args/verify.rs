//! What `verify` looks at, and what it makes of it.

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use app_service::VerifyOptions;
use clap::Args;
use time::OffsetDateTime;

use super::Since;
use crate::schedule::Schedule;

/// Runs that `--history` lists without a number.
const HISTORY: &str = "20";

/// Locks that `--locks` looks at without a time: no older ones are kept.
const LOCKS: &str = "30d";

const AFTER_HELP: &str = "\
Exit codes: 0 everything holds; 1 something does not; 2 it could not be checked.
Every Monday at 9: --watch '0 9 * * 1'. Schedules are in UTC.";

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Verify {
    /// Check only what changed since: a day, a moment (RFC 3339), or how long ago (7d, 12h)
    #[arg(long, value_name = "WHEN")]
    since: Option<Since>,

    /// Report failed awards, too: they are allowed, but somebody is waiting
    #[arg(long)]
    strict: bool,

    /// How long an award may be pending
    #[arg(
        long,
        value_name = "DURATION",
        default_value = "1h",
        value_parser = humantime::parse_duration
    )]
    pending_max: Duration,

    /// How many violations of each invariant to describe; all are counted
    #[arg(long, value_name = "N", default_value_t = VerifyOptions::default().violations_max)]
    limit: usize,

    /// How many checks run at the same time, each on a connection of its own; leave it at 1 on SQLite
    #[arg(long, short, value_name = "N", default_value = "1")]
    jobs: NonZeroUsize,

    /// Hold the waits and holds of locks against their limits, too; since when, or all that are kept
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = LOCKS)]
    locks: Option<Since>,

    /// Write a page for browsers, with the history drawn; `-` for stdout
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,

    /// Do not add this run to the history
    #[arg(long)]
    pub(crate) no_record: bool,

    /// Stay, and verify whenever this schedule says so, in UTC
    #[arg(long, value_name = "CRON")]
    pub(crate) watch: Option<Schedule>,

    /// List earlier runs, the latest first, instead of verifying
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        default_missing_value = HISTORY,
        conflicts_with_all = [
            "since", "strict", "pending_max", "limit", "jobs", "locks", "html", "no_record", "watch",
        ]
    )]
    pub(crate) history: Option<u32>,
}

impl Verify {
    /// What is asked of a verification that begins `now`.
    pub(crate) fn options(&self, now: OffsetDateTime) -> VerifyOptions {
        VerifyOptions {
            since: self.since.map(|it| it.moment(now)),
            strict: self.strict,
            pending_max: self.pending_max,
            violations_max: self.limit,
            checks_at_once: self.jobs.get(),
        }
    }

    /// The first moment of locks that counts, seen from `now`, if they are asked for.
    pub(crate) fn locks_since(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        self.locks.map(|it| it.moment(now))
    }

    /// Whether the page takes the place of everything else on stdout.
    pub(crate) fn prints_page(&self) -> bool {
        self.html.as_ref().is_some_and(|it| it.as_os_str() == "-")
    }
}
