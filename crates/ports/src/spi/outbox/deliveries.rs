//! Deliveries, as they are stored, claimed and recorded.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::EventRecord;
use crate::Timestamp;

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be tried, for the first time or again.
    Pending,
    /// The receiver has said that it has it.
    Delivered,
    /// Tried as often as may be, in vain: a dead letter.
    Dead,
}

/// A claim of deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryClaim {
    /// Of which webhook.
    pub webhook: Uuid,
    /// Names the claim.
    pub id: Uuid,
    /// What is due by then is claimed.
    pub now: Timestamp,
    /// When the claim is over, and what it holds is due again: somebody else may claim it.
    pub until: Timestamp,
    /// At most so many.
    pub limit: u32,
}

/// A claimed delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// What is to be delivered.
    pub event: EventRecord,
    /// How often it was tried before.
    pub attempts: u32,
}

/// One attempt at a claimed delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The position of the event.
    pub position: i64,
    /// When it was over.
    pub at: Timestamp,
    /// The status that the receiver answered, if it did.
    pub status: Option<u16>,
    /// What went wrong, for people; empty when nothing did.
    pub error: String,
    /// What becomes of the delivery.
    pub result: AttemptResult,
}

/// What becomes of a delivery after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptResult {
    /// The receiver has it.
    Delivered,
    /// It is tried again, not before this.
    RetryAt(Timestamp),
    /// It is not tried again.
    Dead,
}

/// A delivery as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// To which webhook.
    pub webhook: Uuid,
    /// The event.
    pub event: EventRecord,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is due, while it is pending.
    pub due_at: Timestamp,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// The status that the receiver answered last.
    pub status: Option<u16>,
    /// What went wrong last; empty when nothing did.
    pub error: String,
}

/// What to deliver again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// The event at this position.
    One(i64),
    /// Every event behind this position.
    Behind(i64),
}

impl Replay {
    /// Whether the event at `position` is to be delivered again.
    #[must_use]
    pub fn names(self, position: i64) -> bool {
        match self {
            Self::One(one) => position == one,
            Self::Behind(after) => position > after,
        }
    }
}

impl AttemptResult {
    /// Where the delivery stands afterwards.
    #[must_use]
    pub fn state(self) -> DeliveryState {
        match self {
            Self::Delivered => DeliveryState::Delivered,
            Self::RetryAt(_) => DeliveryState::Pending,
            Self::Dead => DeliveryState::Dead,
        }
    }

    /// When it is due again; at once when it is not.
    #[must_use]
    pub fn due_at(self, now: Timestamp) -> Timestamp {
        match self {
            Self::RetryAt(due_at) => due_at,
            Self::Delivered | Self::Dead => now,
        }
    }
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::Dead];

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}
