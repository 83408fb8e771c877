//! Webhooks, as they are stored.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Timestamp;

/// Where events are delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRecord {
    /// Names it.
    pub id: Uuid,
    /// Number of the change that made it what it is: 1 for the first.
    pub version: i64,
    /// Where to.
    pub url: String,
    /// What for, for people.
    pub description: String,
    /// The types that are wanted, as published; all when there are none.
    pub event_types: Vec<String>,
    /// What deliveries are signed with, the newest first; at most two.
    pub secrets: Vec<WebhookSecret>,
    /// Whether anything is delivered.
    pub state: WebhookState,
    /// The last event that was fanned out, or passed by.
    pub position: i64,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What deliveries are signed with. It is stored as it is, because whoever signs needs it; it is
/// printed by nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSecret {
    /// The secret, as the receiver was told.
    pub text: String,
    /// Until when it signs; `None` for ever. In seconds since 1970.
    pub signs_until: Option<i64>,
}

/// Whether anything is delivered to a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    /// Events are delivered.
    Active,
    /// Somebody has said that nothing is to be delivered; events wait.
    Paused,
    /// The receiver has said that it is gone for good; events wait.
    Gone,
}

impl WebhookRecord {
    /// Whether events of this type, as published, are wanted.
    #[must_use]
    pub fn wants(&self, event_type: &str) -> bool {
        self.event_types.is_empty() || self.event_types.iter().any(|it| it == event_type)
    }

    /// The secrets that sign at `now`, the newest first.
    pub fn signing_secrets(&self, now: Timestamp) -> impl Iterator<Item = &str> {
        let signs = move |it: &&WebhookSecret| {
            it.signs_until.is_none_or(|until| now.unix_timestamp() < until)
        };
        self.secrets.iter().filter(signs).map(|it| it.text.as_str())
    }
}

impl WebhookState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Gone];

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Gone => "gone",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSecret")
            .field("signs_until", &self.signs_until)
            .finish_non_exhaustive()
    }
}
