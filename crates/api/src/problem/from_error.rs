//! Which problem an error of the use cases is.

use app_service::{
    GuerdonError, InvalidAssessment, StoreError, TransientCause, WebhookError, domain::Unchargeable,
};

use super::{Code, Existing, FieldError, Problem};

impl From<GuerdonError> for Problem {
    fn from(error: GuerdonError) -> Self {
        let detail = error.to_string();
        match error {
            GuerdonError::Conflict { existing } => {
                let existing = Existing::Tournament(existing);
                Self::new(Code::AlreadyFinalized, detail).with_existing(existing)
            }
            GuerdonError::Differs { existing } => {
                let existing = Existing::Tournament(existing);
                Self::new(Code::TournamentDiffers, detail).with_existing(existing)
            }
            GuerdonError::ChargeDiffers { existing } => {
                Self::new(Code::ChargeDiffers, detail).with_existing(Existing::Charge(existing))
            }
            GuerdonError::InvalidAssessments(invalid) => {
                let errors = invalid.iter().map(field_error).collect();
                Self::new(Code::AssessmentsInvalid, detail).with_errors(errors)
            }
            GuerdonError::Store(error) => Self::of_store(&error),
            other => Self::new(code(&other), detail),
        }
    }
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        let detail = error.to_string();
        match error {
            WebhookError::NoWebhook(_) => Self::new(Code::WebhookUnknown, detail),
            WebhookError::Url(_) | WebhookError::Description(_) | WebhookError::EventType(_) => {
                Self::new(Code::WebhookInvalid, detail)
            }
            WebhookError::Busy(_) => Self::new(Code::StoreBusy, detail),
            WebhookError::Store(error) => Self::of_store(&error),
            other => {
                tracing::error!(error = &other as &dyn std::error::Error, "a webhook failed");
                Self::new(Code::Internal, "the log says more")
            }
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
        GuerdonError::RequestLost(_) => Code::RequestRunning,
        GuerdonError::NoTournament(_) => Code::TournamentUnknown,
        GuerdonError::NoPlayer(_) => Code::PlayerUnknown,
        GuerdonError::NoAward { .. } => Code::AwardUnknown,
        GuerdonError::NoCharge { .. } => Code::ChargeUnknown,
        GuerdonError::NoApiKey { .. } => Code::ApiKeyUnknown,
        GuerdonError::ApiKeyChanged { .. } => Code::ApiKeyChanged,
        GuerdonError::NoResults(_) => Code::ResultsMissing,
        GuerdonError::ResultsFrozen { .. } => Code::ResultsFrozen,
        GuerdonError::InvalidResults(_) => Code::ResultsInvalid,
        GuerdonError::Unregistered(_) => Code::PlayersUnregistered,
        GuerdonError::Cancelled(_) => Code::TournamentCancelled,
        GuerdonError::StalePlan { .. } => Code::PlanStale,
        GuerdonError::NothingToCorrect(_) => Code::NothingToCorrect,
        GuerdonError::NotFinalized { .. } | GuerdonError::Illegal(_) => Code::StateConflict,
        GuerdonError::NotText { .. } | GuerdonError::NoReason => Code::TextInvalid,
        GuerdonError::NotAPercentage { .. } => Code::AssessmentsInvalid,
        GuerdonError::TooManyAssessments { .. } => Code::TooManyAtOnce,
        GuerdonError::NotEnoughCredits { .. } => Code::CreditsInsufficient,
        GuerdonError::Unchargeable(error) => match error {
            Unchargeable::TooMuch { .. } => Code::ChargeExceeded,
            Unchargeable::NotHeld { .. } => Code::ChargeNotHeld,
            Unchargeable::NoAmount { .. } => Code::AmountInvalid,
            _ => Code::StateConflict,
        },
        _ => Code::Internal,
    }
}

fn field_error(invalid: &InvalidAssessment) -> FieldError {
    FieldError {
        pointer: format!("/assessments/{}", invalid.position),
        detail: invalid.fault.to_string(),
    }
}
