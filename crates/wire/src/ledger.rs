//! Ledgers: why a balance is what it is.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// What an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Experience.
    Xp,
    /// Credits: what players spend.
    Credit,
    /// Credits that a player owes; what comes in repays them first.
    Debt,
}

/// One movement of one account, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LedgerEntry {
    /// Which account.
    pub currency: Currency,
    /// 1 for the account's first entry.
    pub seq: i64,
    /// What was added.
    pub amount: i64,
    /// What the account held afterwards.
    pub balance_after: i64,
    /// Why: `award`, `correction`, `level_up`, `spend`, `hold`, `settle`, `release`, `expire` or
    /// `refund`.
    pub cause: String,
    /// The tournament behind it, if there is one.
    pub tournament: Option<Uuid>,
    /// What the outside world calls that tournament.
    pub tournament_key: Option<String>,
    /// What people call it.
    pub tournament_name: Option<String>,
    /// The revision of the award behind it, if there is one.
    pub revision: Option<u32>,
    /// Why that revision was made, in the words of whoever corrected the results.
    pub reason: Option<String>,
    /// The level that was reached, if that is why.
    pub level: Option<u32>,
    /// The charge behind it, if there is one.
    pub charge: Option<Uuid>,
    /// What the charge is for.
    pub memo: Option<String>,
    /// What makes it the only one of its kind.
    pub idempotency_key: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub recorded_at: OffsetDateTime,
}
