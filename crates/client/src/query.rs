//! What can be asked of a list.

use serde::Serialize;
use wire::{Currency, LeaderMeasure};

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
