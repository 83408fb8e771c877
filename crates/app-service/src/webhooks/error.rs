//! Why a webhook could not be set up, changed or found.

use ports::StoreError;
use thiserror::Error;
use uuid::Uuid;

/// Why a webhook could not be set up, changed or found. Nothing was written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// There is no such webhook.
    #[error("there is no webhook {0}")]
    NoWebhook(Uuid),

    /// Nothing can, or may, be delivered to this address.
    #[error("nothing is delivered to this address: {0}")]
    Url(&'static str),

    /// The description is not one line of readable text.
    #[error("{0}")]
    Description(String),

    /// Nothing of this type ever happens.
    #[error("there are no events of type {0:?}")]
    EventType(String),

    /// Others keep changing it.
    #[error("webhook {0} is being changed by others: try again")]
    Busy(Uuid),

    /// The system has no random numbers to make a secret of.
    #[error("no secret can be drawn")]
    NoSecret(#[source] ports::BoxError),

    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
