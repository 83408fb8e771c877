//! A run of a watch: one line, whatever came of it.

use app_service::Outcome;
use serde::Serialize;
use time::OffsetDateTime;

use super::{Verification, checks::word, looked_at, moment_text, verdict_text};
use crate::{
    failure::Failure,
    output::{Style, View},
};

/// A run of a watch.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Watched {
    /// It ran; perhaps something does not hold.
    Ran(Box<Verification>),
    /// It could not run.
    Failed {
        /// Always [`Outcome::Unchecked`].
        verdict: Outcome,
        #[serde(with = "time::serde::rfc3339")]
        started_at: OffsetDateTime,
        /// What sort of failure it is, for programs.
        code: &'static str,
        message: String,
    },
}

impl Watched {
    /// What came of the run that began at `started_at`.
    pub(crate) fn of(ended: Result<Verification, Failure>, started_at: OffsetDateTime) -> Self {
        match ended {
            Ok(it) => Self::Ran(Box::new(it)),
            Err(Failure { code, message, .. }) => {
                Self::Failed { verdict: Outcome::Unchecked, started_at, code, message }
            }
        }
    }
}

impl View for Watched {
    fn text(&self, style: Style) -> String {
        let (at, outcome, sentence) = match self {
            Self::Ran(it) => {
                let sentence = format!("{} ({})", verdict_text(it), looked_at(&it.report));
                (it.report.started_at, it.verdict, sentence)
            }
            Self::Failed { started_at, message, .. } => {
                (*started_at, Outcome::Unchecked, message.clone())
            }
        };
        let word = format!("{:<9}", word(outcome));
        let word = match outcome {
            Outcome::Held => style.good(&word),
            Outcome::Unchecked => style.doubtful(&word),
            Outcome::Violated => style.bad(&word),
        };
        format!("{}  {word}  {sentence}\n", moment_text(at))
    }
}
