//! What a search can find.

use std::fmt;

use crate::CrashPoint;

/// A promise that was not kept. Its text is short and the same in every run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where the process was killed; `None` when nobody was.
    pub point: Option<CrashPoint>,
    /// What came of it.
    pub breach: Breach,
    /// The details, for whoever has to mend it: messages, and the lines that differ.
    pub details: String,
}

/// What was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// A process that lived did not find out by itself what had become of its commit, or a run that
    /// nobody disturbed failed.
    Failed,
    /// The run went another way than the one that was counted, and did not come to its crash.
    NotReached,
    /// A process that was killed answered that all was well.
    Outlived,
    /// A process answered that all was well, and what it was asked for is not there.
    Untrue,
    /// What was left, before anybody asked again, does not add up.
    DoesNotAddUp,
    /// Asking again failed.
    NotRecovered,
    /// Asking again has not come to what a run without a crash comes to.
    Differs,
    /// Sending a request again was not answered as a run without a crash is.
    AnswersOtherwise,
    /// Somebody waited for ever.
    Hung,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.point {
            Some(point) => write!(f, "{point}: {}", self.breach),
            None => write!(f, "undisturbed: {}", self.breach),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Failed => "the use case failed",
            Self::NotReached => "it did not come to that",
            Self::Outlived => "whoever was killed answered that all was well",
            Self::Untrue => "the use case answered that all was well, and it is not",
            Self::DoesNotAddUp => "what was left does not add up",
            Self::NotRecovered => "asking again failed",
            Self::Differs => "asking again did not come to what an undisturbed run comes to",
            Self::AnswersOtherwise => {
                "sending it again was not answered as if nothing had happened"
            }
            Self::Hung => "somebody waited for ever",
        })
    }
}
