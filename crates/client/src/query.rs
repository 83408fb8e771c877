//! What can be asked of a list.

use serde::Serialize;
use wire::{Currency, DeliveryState, LeaderMeasure};

/// Which page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageQuery {
    /// The `next` of the page before this one; nothing for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows at most, 1 to 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Which page of which account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerQuery {
    /// Which account.
    pub currency: Currency,
    /// The `next` of the page before this one; nothing for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows at most, 1 to 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Which page of which board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LeaderboardQuery {
    /// The tournaments, by key or id, separated by commas.
    pub tournaments: String,
    /// What to rank by; XP when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<LeaderMeasure>,
    /// The `next` of the page before this one; nothing for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows at most, 1 to 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// How much of a plan to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PlanQuery {
    /// Awards to show, at most 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awards: Option<u32>,
}

/// How many badges to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BadgesQuery {
    /// Kinds to show among the rarest and among the latest, at most 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<u32>,
}

/// Which part of the feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EventsQuery {
    /// The `cursor` of the page before this one; nothing for the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Events at most, 1 to 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Only what happened to this player, by key or id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub player: Option<String>,
    /// Only what this tournament is behind, by key or id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tournament: Option<String>,
    /// How many seconds to wait for something to happen, at most 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<u32>,
}

/// Which page of which deliveries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DeliveriesQuery {
    /// Only those that stand there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<DeliveryState>,
    /// The `next` of the page before this one; nothing for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows at most, 1 to 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
