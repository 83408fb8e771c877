//! What happened, for whoever listens.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// Some of the feed, in order, and where it goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EventPage {
    /// The events.
    pub events: Vec<CloudEvent>,
    /// Where to go on, also when there is nothing yet: whoever does misses nothing.
    pub cursor: String,
}

/// An event, as `CloudEvents` 1.0 has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CloudEvent {
    /// Which form this is: `1.0`.
    pub specversion: String,
    /// Names the event: one that is delivered twice has one id.
    pub id: Uuid,
    /// Whom it happened to, as a path of the service.
    pub source: String,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The id of whom it happened to.
    pub subject: Uuid,
    /// When, in the form of RFC 3339.
    pub time: String,
    /// What the data are: `application/json`.
    pub datacontenttype: String,
    /// Its number among the events of its source: 1 for the first, without gaps.
    pub sequence: String,
    /// What numbers are: `Integer`.
    pub sequencetype: String,
    /// The particulars.
    pub data: Value,
}
