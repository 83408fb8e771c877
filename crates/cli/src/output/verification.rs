//! What a verification found, for people and for programs.

mod checks;
mod locks;
mod moment;
mod runs;
mod sentence;
mod violations;
mod watched;

use app_service::{LockReport, Outcome, VerifyReport};
use serde::Serialize;

pub(crate) use self::{
    moment::{duration_text, moment_text},
    runs::{RunLine, RunList},
    sentence::{looked_at, verdict_parts, verdict_text},
    watched::Watched,
};
use super::{Style, View};

/// What a verification found.
#[derive(Debug, Serialize)]
pub(crate) struct Verification {
    /// The worst of the checks and, if they were asked for, of the locks.
    pub(crate) verdict: Outcome,
    /// Where; without a password.
    pub(crate) database: String,
    #[serde(flatten)]
    pub(crate) report: VerifyReport,
    pub(crate) violations_total: u64,
    /// What the locks were like, if anybody asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) locks: Option<Locks>,
    /// Whether the history has this run.
    pub(crate) recorded: bool,
}

/// What the locks were like, or why nobody knows.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Locks {
    /// As measured.
    Measured(LockReport),
    /// The numbers could not be read.
    Unread {
        /// Why.
        unchecked: String,
    },
}

impl Verification {
    /// What `report` and `locks` say of `database`.
    pub(crate) fn of(
        database: String,
        report: VerifyReport,
        locks: Option<Locks>,
        recorded: bool,
    ) -> Self {
        let locks_verdict = locks.as_ref().map_or(Outcome::Held, Locks::verdict);
        Self {
            verdict: report.outcome.max(locks_verdict),
            database,
            violations_total: report.violations_total(),
            report,
            locks,
            recorded,
        }
    }
}

impl Locks {
    fn verdict(&self) -> Outcome {
        match self {
            Self::Measured(it) if it.exceeded.is_empty() => Outcome::Held,
            Self::Measured(_) => Outcome::Violated,
            Self::Unread { .. } => Outcome::Unchecked,
        }
    }
}

impl View for Verification {
    fn text(&self, style: Style) -> String {
        let locks = self.locks.as_ref().map(|it| locks::text(it, style)).unwrap_or_default();
        [
            sentence::heading(self, style),
            checks::table(&self.report.checks, style),
            violations::text(&self.report.checks, style),
            locks,
            sentence::verdict(self, style),
        ]
        .concat()
    }
}

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
