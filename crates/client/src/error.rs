//! Why there is no success.

use thiserror::Error;
use wire::Problem;

/// Why there is no success.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The service says why.
    #[error("{}: {}", .0.code, .0.detail)]
    Problem(Box<Problem>),

    /// No answer came, or not all of it. What was asked for may have happened: ask again under the
    /// same idempotency key.
    #[error("the service did not answer")]
    Transport(#[source] reqwest::Error),

    /// An answer came that is none of this service's: from something in between, most likely.
    #[error("an answer of status {status} cannot be read")]
    Unreadable {
        /// Its status.
        status: u16,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
}

impl ClientError {
    /// Whether the same request, under the same idempotency key, may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Problem(problem) => problem.retryable,
            Self::Transport(_) => true,
            Self::Unreadable { status, .. } => *status >= 500,
        }
    }

    /// The problem, where the service has said what it is.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Transport(_) | Self::Unreadable { .. } => None,
        }
    }
}
