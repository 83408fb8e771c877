//! What must hold in every database, at every moment between two transactions.

use serde::{Deserialize, Serialize};

/// What must hold in every database, at every moment between two transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Invariant {
    /// At most one award for each (tournament, player).
    #[serde(rename = "INV-R01")]
    R01,
    /// At most one badge for each (player, tournament, type).
    #[serde(rename = "INV-R02")]
    R02,
    /// Every balance is the sum of its ledger and what the last entry left; entries are numbered
    /// without gaps and each leaves what the one before left plus its amount.
    #[serde(rename = "INV-R03")]
    R03,
    /// For each (tournament, player, currency) the ledger adds up to what the award says, and there
    /// is at most one credit reward for each revision.
    #[serde(rename = "INV-R04")]
    R04,
    /// No idempotency key twice, none missing, and each the one that its cause makes.
    #[serde(rename = "INV-R05")]
    R05,
    /// Every constraint and index that guards something is live, by its definition.
    #[serde(rename = "INV-R06")]
    R06,
    /// A tournament's rewards are distributed exactly when no award of it is pending or failed, and
    /// no award is pending for too long.
    #[serde(rename = "INV-R07")]
    R07,
    /// The hash of the stored plan fits the stored awards.
    #[serde(rename = "INV-R08")]
    R08,
    /// For every charge the ledger has taken what it says, and no hold is open for long after it
    /// was to expire.
    #[serde(rename = "INV-R09")]
    R09,
    /// Every skill profile is the fold of its steps and assessments.
    #[serde(rename = "INV-S01")]
    S01,
    /// No profile has an entry of an unknown form.
    #[serde(rename = "INV-S02")]
    S02,
    /// Every applied award with a placement has its skill step, once.
    #[serde(rename = "INV-S03")]
    S03,
    /// Every level is within its bounds.
    #[serde(rename = "INV-S04")]
    S04,
    /// Every player's highest level is the last that was reached, and each has paid its credits.
    #[serde(rename = "INV-L01")]
    L01,
    /// Every applied award is told of once in the revision that was paid last, and every player's
    /// events are numbered without gaps.
    #[serde(rename = "INV-E01")]
    E01,
    /// In a tournament of teams, members of a team end alike and share its prize as the policy says,
    /// and the field is counted in teams.
    #[serde(rename = "INV-T01")]
    T01,
}

impl Invariant {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 16] = [
        Self::R01,
        Self::R02,
        Self::R03,
        Self::R04,
        Self::R05,
        Self::R06,
        Self::R07,
        Self::R08,
        Self::R09,
        Self::S01,
        Self::S02,
        Self::S03,
        Self::S04,
        Self::L01,
        Self::E01,
        Self::T01,
    ];

    /// How reports call it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::R01 => "INV-R01",
            Self::R02 => "INV-R02",
            Self::R03 => "INV-R03",
            Self::R04 => "INV-R04",
            Self::R05 => "INV-R05",
            Self::R06 => "INV-R06",
            Self::R07 => "INV-R07",
            Self::R08 => "INV-R08",
            Self::R09 => "INV-R09",
            Self::S01 => "INV-S01",
            Self::S02 => "INV-S02",
            Self::S03 => "INV-S03",
            Self::S04 => "INV-S04",
            Self::L01 => "INV-L01",
            Self::E01 => "INV-E01",
            Self::T01 => "INV-T01",
        }
    }

    /// What it says, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::R01 => "one award for each participant",
            Self::R02 => "one badge of each type",
            Self::R03 => "balances are their ledgers",
            Self::R04 => "ledgers pay what awards say",
            Self::R05 => "idempotency keys are unique",
            Self::R06 => "constraints are live",
            Self::R07 => "closed books owe nothing",
            Self::R08 => "plans are as frozen",
            Self::R09 => "charges are their ledger",
            Self::S01 => "profiles are their steps",
            Self::S02 => "profiles are well-formed",
            Self::S03 => "placements have their step",
            Self::S04 => "levels are within bounds",
            Self::L01 => "levels are reached once",
            Self::E01 => "awards are told of once",
            Self::T01 => "teams are paid as teams",
        }
    }
}

impl std::fmt::Display for Invariant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
