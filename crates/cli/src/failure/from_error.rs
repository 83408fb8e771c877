//! Which failure an error of the use cases is.

use std::error::Error;

use app_service::{GuerdonError, StoreError};

use super::{Failure, Finding};

impl From<GuerdonError> for Failure {
    fn from(error: GuerdonError) -> Self {
        let message = error.to_string();
        match error {
            GuerdonError::Store(error) => error.into(),
            GuerdonError::NoTournament(_) => Self::refused("tournament-unknown", message)
                .help("`guerdon tournaments` lists them by their keys"),
            GuerdonError::NoPlayer(_) => Self::refused("player-unknown", message)
                .help("`guerdon players` lists them by their keys"),
            GuerdonError::NoAward { .. } => Self::refused("award-unknown", message)
                .help("`guerdon preview TOURNAMENT` lists who took part"),
            GuerdonError::NoResults(_) => Self::refused("results-missing", message)
                .help("`guerdon import FILE` takes results in"),
            GuerdonError::NotFinalized { .. } => Self::refused("not-finalized", message),
            GuerdonError::StalePlan { .. } => Self::refused("plan-stale", message),
            GuerdonError::ResultsFrozen { .. } => Self::refused("results-frozen", message),
            GuerdonError::Differs { .. } => Self::refused("tournament-differs", message)
                .help("give the policy and name that it has, or use another key"),
            GuerdonError::Cancelled(_) => Self::refused("tournament-cancelled", message),
            GuerdonError::InvalidResults(_) | GuerdonError::Unregistered(_) => {
                Self::refused("results-invalid", message)
            }
            GuerdonError::NotEnoughCredits { .. } => Self::refused("not-enough-credits", message),
            GuerdonError::NoCharge { .. } => Self::refused("charge-unknown", message)
                .help("`guerdon holds PLAYER --all` lists them"),
            GuerdonError::ChargeDiffers { .. } => Self::refused("charge-differs", message)
                .help("use another id for another charge or refund"),
            GuerdonError::Unchargeable(_) => Self::refused("charge-refused", message)
                .help("`guerdon holds PLAYER --all` shows how charges stand"),
            GuerdonError::InvalidAssessments(_)
            | GuerdonError::TooManyAssessments { .. }
            | GuerdonError::NotAPercentage { .. } => Self::refused("assessments-invalid", message),
            GuerdonError::NoApiKey { .. } => Self::refused("api-key-unknown", message)
                .help("`guerdon api-key list` shows their prefixes"),
            GuerdonError::ApiKeyChanged { .. } => Self::refused("api-key-changed", message)
                .help("`guerdon api-key list` shows how it stands"),
            GuerdonError::GraceTooLong => Self::refused("usage", message),
            GuerdonError::NotText { problem, .. } => {
                Self::refused("input-refused", message).help(problem.advice())
            }
            _ => Self::refused("state-conflict", message),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let chain = chain(&error);
        match error {
            StoreError::Unusable { .. } => Self::refused("database-unusable", chain)
                .help("check --database-url, and `guerdon migrate status`"),
            StoreError::Corrupt { .. } => Self::failed("database-corrupt", chain)
                .help("trying again cannot help: a person must look at the row"),
            StoreError::Transient { .. } | StoreError::CommitUnknown { .. } => {
                Self::failed("database-busy", chain)
                    .help("ask again: it goes on from there, and nothing is paid twice")
            }
            _ => Self::failed("database-failed", chain),
        }
    }
}

impl Failure {
    /// The database is not there, or not ready.
    pub(crate) fn database(code: &'static str, what: String, error: &dyn Error) -> Self {
        Self::refused(code, what).problems(vec![Finding::of(&chain(error))])
    }
}

/// An error with everything behind it.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        // Drivers like to repeat themselves.
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        source = error.source();
    }
    text
}
