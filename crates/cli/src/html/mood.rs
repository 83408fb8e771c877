//! How a verdict looks.

use app_service::Outcome;

/// How a verdict looks: never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Good,
    Doubtful,
    Bad,
}

impl Mood {
    pub(super) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Held => Self::Good,
            Outcome::Unchecked => Self::Doubtful,
            Outcome::Violated => Self::Bad,
        }
    }

    /// The class that colours it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Doubtful => "doubtful",
            Self::Bad => "bad",
        }
    }

    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Good => "held",
            Self::Doubtful => "unchecked",
            Self::Bad => "violated",
        }
    }

    /// A sign that does without colour.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Doubtful => "?",
            Self::Bad => "✕",
        }
    }
}
