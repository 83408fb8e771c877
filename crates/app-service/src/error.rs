//! Why a use case did not do what it was asked.

use domain::{
    ChargeId, Hash256, PlayerId, RequestId, ResultsProblem, SkillName, TextProblem, TournamentId,
    TournamentStatus,
};
use ports::{AdvanceError, LockError, Retry, Retryable, StoreError};
use thiserror::Error;

use crate::{ChargeView, InvalidAssessment, TournamentSummary};

/// Why a use case did not do what it was asked. Unless a variant says otherwise nothing was written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GuerdonError {
    /// It has been done before, by whatever trigger. What exists is what the caller wanted.
    #[error("tournament {} is {} already", .existing.key, .existing.status)]
    Conflict {
        /// What exists.
        existing: Box<TournamentSummary>,
    },

    /// There is no such tournament.
    #[error("there is no tournament {0}")]
    NoTournament(TournamentId),

    /// There is no such player.
    #[error("there is no player {0}")]
    NoPlayer(PlayerId),

    /// The player did not take part in the tournament.
    #[error("player {player} has no award in tournament {tournament}")]
    NoAward {
        /// Which tournament.
        tournament: TournamentId,
        /// Which player.
        player: PlayerId,
    },

    /// A tournament of this key exists, under another name or policy.
    #[error("tournament {} exists under another name or policy", .existing.key)]
    Differs {
        /// What exists.
        existing: Box<TournamentSummary>,
    },

    /// The results break rules; all of them are named.
    #[error("the results have {} problem(s)", .0.len())]
    InvalidResults(Vec<ResultsProblem>),

    /// Participants who are not registered, in ascending id.
    #[error("{} participant(s) of the results are not registered", .0.len())]
    Unregistered(Vec<PlayerId>),

    /// Other results are frozen already.
    #[error("tournament {tournament} is {status}: its results are frozen")]
    ResultsFrozen {
        /// Which tournament.
        tournament: TournamentId,
        /// Where it stands.
        status: TournamentStatus,
    },

    /// There is nothing to finalize yet.
    #[error("tournament {0} has no results: submit them first")]
    NoResults(TournamentId),

    /// There is nothing to distribute yet.
    #[error("tournament {tournament} is {status}: finalize it first")]
    NotFinalized {
        /// Which tournament.
        tournament: TournamentId,
        /// Where it stands.
        status: TournamentStatus,
    },

    /// It was called off; nobody is paid.
    #[error("tournament {0} was cancelled")]
    Cancelled(TournamentId),

    /// A correction without a reason.
    #[error("a correction has no reason: say why, for whoever asks later")]
    NoReason,

    /// The new results say what the old ones said.
    #[error("the results of tournament {0} are these already: there is nothing to correct")]
    NothingToCorrect(TournamentId),

    /// The plan is not the one that was previewed.
    #[error("the plan is now {actual}, not {expected}: preview it again")]
    StalePlan {
        /// What the caller had seen.
        expected: Hash256,
        /// What would be paid.
        actual: Hash256,
    },

    /// A coach's percentage is none.
    #[error("{percentage} is no percentage for {skill}: use 0.0 to 100.0")]
    NotAPercentage {
        /// Which skill.
        skill: SkillName,
        /// What was said.
        percentage: domain::Tenths,
    },

    /// Assessments of a batch that cannot be recorded; all of them are named.
    #[error("the batch has {} problem(s)", .0.len())]
    InvalidAssessments(Vec<InvalidAssessment>),

    /// More assessments than one batch takes.
    #[error("{given} assessments at once: {max} are taken")]
    TooManyAssessments {
        /// How many there are.
        given: usize,
        /// How many there may be.
        max: usize,
    },

    /// A key, a name, an actor or a reason that is not one line of readable text.
    #[error("the {what} {text:?} {problem}, expected {}", .problem.expected())]
    NotText {
        /// What it is: "player name", for instance.
        what: &'static str,
        /// What is wrong with it.
        problem: TextProblem,
        /// The text, up to the longest that is taken.
        text: String,
    },

    /// There are not as many credits.
    #[error("player {player} has {balance} credits, not {amount}")]
    NotEnoughCredits {
        /// Which player.
        player: PlayerId,
        /// What there is.
        balance: i64,
        /// What was asked for.
        amount: i64,
    },

    /// The player was never charged under this id.
    #[error("player {player} has no charge {charge}")]
    NoCharge {
        /// Which player.
        player: PlayerId,
        /// Which charge.
        charge: ChargeId,
    },

    /// The same was done before with another amount, for something else, or in another way.
    #[error("charge {} exists, and is another one", .existing.id)]
    ChargeDiffers {
        /// What exists.
        existing: Box<ChargeView>,
    },

    /// This cannot happen to the charge as it stands.
    #[error(transparent)]
    Unchargeable(#[from] domain::Unchargeable),

    /// Somebody else has taken the request over while this caller gave no sign of life, and goes on.
    #[error("request {0} was taken over by somebody else")]
    RequestLost(RequestId),

    /// No key has this prefix.
    #[error("there is no API key {prefix}")]
    NoApiKey {
        /// The prefix, or what was taken for one.
        prefix: String,
    },

    /// The key was revoked, or somebody else has just given it another secret.
    #[error("API key {prefix} is revoked, or was changed by somebody else just now")]
    ApiKeyChanged {
        /// The prefix.
        prefix: String,
    },

    /// A secret that is replaced cannot count for so long.
    #[error("the grace time of a secret ends after the last year, 9999")]
    GraceTooLong,

    /// The status machine has no such arrow.
    #[error(transparent)]
    Illegal(#[from] domain::IllegalTransition),

    /// The store failed, after the retries. What had been committed stays committed; asking again
    /// goes on from there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Retryable for GuerdonError {
    fn retry(&self) -> Option<Retry> {
        match self {
            Self::Store(it) => it.retry(),
            _ => None,
        }
    }
}

impl From<LockError> for GuerdonError {
    fn from(error: LockError) -> Self {
        match error {
            LockError::NoTournament(id) => Self::NoTournament(id),
            LockError::Store(it) => Self::Store(it),
            other => Self::Store(StoreError::Unusable { during: "locking", source: other.into() }),
        }
    }
}

impl From<AdvanceError> for GuerdonError {
    fn from(error: AdvanceError) -> Self {
        match error {
            AdvanceError::Illegal(it) => Self::Illegal(it),
            AdvanceError::Store(it) => Self::Store(it),
            other => Self::Store(StoreError::Unusable {
                during: "a status change",
                source: other.into(),
            }),
        }
    }
}
