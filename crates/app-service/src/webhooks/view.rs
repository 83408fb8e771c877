//! Webhooks and deliveries, as people see them: without secrets.

use std::fmt;

use ports::{
    Timestamp,
    spi::{DeliveryRecord, DeliveryState, WebhookRecord, WebhookState},
};
use serde::Serialize;
use uuid::Uuid;

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookView {
    /// Names it.
    pub id: Uuid,
    /// Number of the change that made it what it is.
    pub version: i64,
    /// Where to.
    pub url: String,
    /// What for, for people.
    pub description: String,
    /// The types that are wanted; all when there are none.
    pub event_types: Vec<String>,
    /// Whether anything is delivered.
    pub state: WebhookState,
    /// The place in the feed up to which events have become deliveries, or were not wanted.
    pub position: i64,
    /// When it was set up.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[serde(with = "time::serde::rfc3339")]
    pub changed_at: Timestamp,
}

/// A webhook, and the secret that signs from now on: it is shown once.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct WebhookWithSecret {
    /// The webhook.
    #[serde(flatten)]
    pub webhook: WebhookView,
    /// The secret, as a receiver wants it.
    pub secret: String,
}

/// What became of one event for one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryView {
    /// Its place in the feed.
    pub position: i64,
    /// Names the event.
    pub event_id: Uuid,
    /// What happened.
    pub event_type: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is due, while it is pending.
    #[serde(with = "time::serde::rfc3339")]
    pub due_at: Timestamp,
    /// When it was last tried.
    #[serde(with = "time::serde::rfc3339::option")]
    pub tried_at: Option<Timestamp>,
    /// The status that the receiver answered last.
    pub status: Option<u16>,
    /// What went wrong last; empty when nothing did.
    pub error: String,
}

impl WebhookView {
    pub(super) fn of(record: &WebhookRecord) -> Self {
        let record = record.clone();
        Self {
            id: record.id,
            version: record.version,
            url: record.url,
            description: record.description,
            event_types: record.event_types,
            state: record.state,
            position: record.position,
            created_at: record.created_at,
            changed_at: record.changed_at,
        }
    }
}

impl DeliveryView {
    pub(super) fn of(record: &DeliveryRecord) -> Self {
        Self {
            position: record.event.position,
            event_id: record.event.id(),
            event_type: record.event.event_type(),
            state: record.state,
            attempts: record.attempts,
            due_at: record.due_at,
            tried_at: record.tried_at,
            status: record.status,
            error: record.error.clone(),
        }
    }
}

impl fmt::Debug for WebhookWithSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookWithSecret").field("webhook", &self.webhook).finish_non_exhaustive()
    }
}
