//! Which problem an error of the use cases is.

use app_service::{GuerdonError, StoreError, TransientCause};

use super::{Code, Problem};

impl From<GuerdonError> for Problem {
    fn from(error: GuerdonError) -> Self {
        let detail = error.to_string();
        match error {
            GuerdonError::Conflict { existing } => {
                Self::new(Code::AlreadyFinalized, detail).with_existing(existing)
            }
            GuerdonError::Store(error) => Self::of_store(&error),
            other => Self::new(code(&other), detail),
        }
    }
}

impl Problem {
    /// The store's own words stay in the log: they may name hosts and rows.
    fn of_store(error: &StoreError) -> Self {
        tracing::error!(error = error as &dyn std::error::Error, "the store failed");
        let (code, detail) = match error {
            StoreError::Transient { cause: TransientCause::PoolExhausted, .. } => {
                (Code::Overloaded, "every connection to the database is in use: ask again")
            }
            StoreError::Transient { .. } | StoreError::CommitUnknown { .. } => {
                (Code::StoreBusy, "ask again: nothing is paid twice")
            }
            StoreError::Unusable { .. } => {
                (Code::StoreUnusable, "the database is unreachable or without its schema")
            }
            StoreError::Corrupt { .. } => {
                (Code::StoreCorrupt, "trying again cannot help; the log says which row")
            }
            _ => (Code::Internal, "the log says more"),
        };
        Self::new(code, detail)
    }
}

fn code(error: &GuerdonError) -> Code {
    match error {
        GuerdonError::NoTournament(_) => Code::TournamentUnknown,
        GuerdonError::NoPlayer(_) => Code::PlayerUnknown,
        GuerdonError::NoAward { .. } => Code::AwardUnknown,
        GuerdonError::NoResults(_) => Code::ResultsMissing,
        GuerdonError::Cancelled(_) => Code::TournamentCancelled,
        GuerdonError::StalePlan { .. } => Code::PlanStale,
        GuerdonError::NotFinalized { .. } | GuerdonError::Illegal(_) => Code::StateConflict,
        _ => Code::Internal,
    }
}
