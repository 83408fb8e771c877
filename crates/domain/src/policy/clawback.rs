//! What becomes of credits that were spent before they were taken back.

use serde::{Deserialize, Serialize};

/// What a correction does about credits that it takes back and that the player has spent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clawback {
    /// The balance falls below zero.
    Overdraw,
    /// What is there is taken; the rest is owed, and repaid by what comes in.
    #[default]
    Debt,
    /// What is there is taken; the rest is forgiven.
    Forgive,
}

impl Clawback {
    /// Whether a document needs to say it.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
