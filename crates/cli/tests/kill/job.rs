//! What somebody does who is killed in the middle of it, and what must hold then.

use std::{fmt, process::Command};

use crate::{
    cup::Cup,
    database::{backfills, contents, owes, paid_by_halves},
};

/// What somebody does who is killed in the middle of it.
pub(crate) enum Job {
    /// Pays the cup.
    Pay,
    /// Strikes the winner of the paid cup, by the plan of this hash.
    Disqualify(String),
    /// Gives those who were paid a badge of their past.
    Backfill,
}

impl Job {
    /// The command: the same one each time.
    pub(crate) fn command(&self, cup: &Cup, url: &str) -> Command {
        match self {
            Self::Pay => cup.run(url),
            Self::Disqualify(plan) => cup.disqualify(plan, url),
            Self::Backfill => cup.backfill(url),
        }
    }

    /// Whether it has begun, and has not come to its end.
    pub(crate) async fn is_halfway(&self, url: &str) -> bool {
        match self {
            Self::Pay | Self::Disqualify(_) => owes(url).await,
            Self::Backfill => backfills(url).await,
        }
    }

    /// Whether what it has left, wherever it was killed, adds up.
    pub(crate) async fn adds_up(&self, cup: &Cup, url: &str) -> bool {
        match self {
            // Faster than all invariants, and the distribution of ten thousand is killed more often.
            Self::Pay => paid_by_halves(url).await == 0,
            Self::Disqualify(_) | Self::Backfill => cup.verifies(url),
        }
    }

    /// All that there is at the end.
    pub(crate) async fn comes_to(&self, cup: &Cup, url: &str) -> String {
        match self {
            Self::Pay => contents(url).await,
            Self::Disqualify(_) | Self::Backfill => contents(url).await + &cup.digest(url),
        }
    }
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pay => "process",
            Self::Disqualify(_) => "correction",
            Self::Backfill => "backfill",
        })
    }
}
