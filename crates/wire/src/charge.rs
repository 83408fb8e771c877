//! What players are charged.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// Credits to be charged for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpendRequest {
    /// What the caller calls this charge, for ever, or its id: asking again under it charges
    /// nothing more.
    #[schema(min_length = 1, max_length = 500)]
    pub charge: String,
    /// How many credits.
    #[schema(minimum = 1)]
    pub amount: i64,
    /// What for, for people.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub memo: String,
}

/// Credits to be set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldRequest {
    /// What the caller calls this charge, for ever, or its id: asking again under it sets nothing
    /// more aside.
    #[schema(min_length = 1, max_length = 500)]
    pub charge: String,
    /// How many credits.
    #[schema(minimum = 1)]
    pub amount: i64,
    /// What for, for people.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub memo: String,
    /// When it can be given back unasked, if ever.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub expires_at: Option<OffsetDateTime>,
}

/// How much of a hold is to be charged for good; no body asks for all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleRequest {
    /// How many credits; the rest comes back. All of them when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub amount: Option<i64>,
}

/// How much of what was charged is to be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundRequest {
    /// What the caller calls this refund, for ever, or its id: asking again under it gives nothing
    /// more back.
    #[schema(min_length = 1, max_length = 500)]
    pub refund: String,
    /// How many credits; all that is left when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub amount: Option<i64>,
}

/// What became of asking for a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Charged {
    /// Whether an earlier call did it.
    pub replayed: bool,
    /// The charge afterwards.
    pub charge: Charge,
    /// The player's credits afterwards.
    pub credit_balance: i64,
}

/// A charge, and all that has happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Charge {
    /// Whose.
    pub player: Uuid,
    /// Which charge.
    pub id: Uuid,
    /// How it began.
    pub origin: ChargeOrigin,
    /// Where it stands.
    pub state: ChargeState,
    /// What was taken when it began.
    pub amount: i64,
    /// What was charged for good.
    pub settled: i64,
    /// What of that came back.
    pub refunded: i64,
    /// What for.
    pub memo: String,
    /// When the hold can be given back unasked, if ever.
    #[serde(with = "time::serde::rfc3339::option")]
    pub expires_at: Option<OffsetDateTime>,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// When anything last happened to it.
    #[serde(with = "time::serde::rfc3339")]
    pub changed_at: OffsetDateTime,
}

/// How a charge began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChargeOrigin {
    /// Charged for good, at once.
    Spend,
    /// Set aside.
    Hold,
}

/// Where a charge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChargeState {
    /// Set aside, and not yet decided.
    Held,
    /// Charged for good, all of it or a part.
    Settled,
    /// Given back.
    Released,
    /// Given back because nobody settled it in time.
    Expired,
}
