//! Where events are delivered to, and what becomes of each delivery.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a webhook is set up with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where to: an address on the public internet that begins with `https://`.
    pub url: String,
    /// What for, for people.
    #[serde(default)]
    pub description: String,
    /// The types of events that are wanted; all when there are none.
    #[serde(default)]
    pub event_types: Vec<String>,
}

/// What is changed about a webhook; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookChange {
    /// Where to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What for, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The types of events that are wanted; all when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_types: Option<Vec<String>>,
    /// Whether anything is delivered. Events that happen meanwhile wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Webhook {
    /// Names it.
    pub id: Uuid,
    /// Number of the change that made it what it is.
    pub version: i64,
    /// Where to.
    pub url: String,
    /// What for, for people.
    pub description: String,
    /// The types of events that are wanted; all when there are none.
    pub event_types: Vec<String>,
    /// Whether anything is delivered.
    pub state: WebhookState,
    /// The place in the feed up to which events have become deliveries, or were not wanted.
    pub position: i64,
    /// When it was set up.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// When it was last changed.
    #[serde(with = "time::serde::rfc3339")]
    pub changed_at: OffsetDateTime,
}

/// A webhook and its secret, which is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    pub webhook: Webhook,
    /// What deliveries are signed with from now on, as libraries for Standard Webhooks take it. It is in
    /// the answer to the first request only, and not in that to the same one sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Without the secret.
impl fmt::Debug for WebhookWithSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookWithSecret").field("webhook", &self.webhook).finish_non_exhaustive()
    }
}

/// Whether anything is delivered to a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    /// Events are delivered.
    Active,
    /// Somebody has said that nothing is to be delivered; events wait.
    Paused,
    /// The receiver has said that it is gone for good; events wait.
    Gone,
}

/// How long the secret before signs along with a new one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateRequest {
    /// In seconds, at most a week; a day when nothing is said.
    #[schema(maximum = 604_800)]
    pub overlap_seconds: Option<u32>,
}

/// What became of one event for one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Delivery {
    /// The place of the event in the feed.
    pub position: i64,
    /// Names the event.
    pub event_id: Uuid,
    /// What happened.
    pub event_type: String,
    /// Where the delivery stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is due, while it is pending.
    #[serde(with = "time::serde::rfc3339")]
    pub due_at: OffsetDateTime,
    /// When it was last tried.
    #[serde(with = "time::serde::rfc3339::option")]
    pub tried_at: Option<OffsetDateTime>,
    /// The status that the receiver answered last.
    pub status: Option<u16>,
    /// What went wrong last; empty when nothing did.
    pub error: String,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be tried, for the first time or again.
    Pending,
    /// The receiver has it.
    Delivered,
    /// Tried as often as may be, in vain: a dead letter.
    Dead,
}

/// What to deliver again: the event at a place, or everything behind one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ReplayRequest {
    /// The event at this place in the feed.
    Position(i64),
    /// Everything behind this place; 0 for everything.
    Behind(i64),
}

/// What is to be delivered again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Replayed {
    /// Deliveries that are pending anew.
    pub deliveries: u64,
}
