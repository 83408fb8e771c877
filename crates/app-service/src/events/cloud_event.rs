//! An event as it is published: made of its row whenever it is read, always the same.

use ports::spi::{EventOwner, EventRecord};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// A [CloudEvent](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CloudEvent {
    /// Which form this is: `1.0`.
    pub specversion: String,
    /// Names the event: one that is delivered twice has one id.
    pub id: Uuid,
    /// Whom it happened to, as a path of the service. Sequence numbers count within it.
    pub source: String,
    /// What happened, and in which form the data say so.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The id of whom it happened to.
    pub subject: Uuid,
    /// When, in the form of RFC 3339.
    pub time: String,
    /// What the data are: JSON.
    pub datacontenttype: String,
    /// Its number among the events of its source: 1 for the first, without gaps.
    pub sequence: String,
    /// What numbers are: integers.
    pub sequencetype: String,
    /// The particulars.
    pub data: Value,
}

impl CloudEvent {
    /// The event of a row.
    #[must_use]
    pub fn of(record: &EventRecord) -> Self {
        let subject = *record.owner.as_uuid();
        let family = match record.owner {
            EventOwner::Player(_) => "players",
            EventOwner::Tournament(_) => "tournaments",
        };
        Self {
            specversion: "1.0".to_owned(),
            id: record.id(),
            source: format!("/v1/{family}/{subject}"),
            event_type: record.event_type(),
            subject,
            // No time that was stored is out of the range of years that can be written.
            time: record.occurred_at.format(&Rfc3339).unwrap_or_default(),
            datacontenttype: "application/json".to_owned(),
            sequence: record.seq.to_string(),
            sequencetype: "Integer".to_owned(),
            data: Value::Object(data(record)),
        }
    }
}

/// What the row has, and what its columns say besides.
fn data(record: &EventRecord) -> Map<String, Value> {
    let mut data = serde_json::from_str::<Map<_, _>>(&record.data).unwrap_or_default();
    if let EventOwner::Player(player) = record.owner {
        data.insert("player_id".to_owned(), json!(player));
    }
    if let Some(tournament) = record.tournament {
        data.insert("tournament_id".to_owned(), json!(tournament));
    }
    if let Some(revision) = record.revision {
        data.insert("revision".to_owned(), json!(revision));
    }
    data
}
