//! How those share a prize who have it together.

use serde::{Deserialize, Serialize};

/// What those get who end level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TiedPrizes {
    /// Each the prize of the placement that they share, which is the better one.
    #[default]
    Better,
    /// The prizes of the places that they occupy, put together and split equally. What cannot be
    /// split goes to the first by player id, or by the team's name. Not under
    /// [`TieRule::Dense`](crate::TieRule::Dense), where they occupy one place.
    Split,
}

/// What the members of a team get of its prize.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TeamRules {
    /// How they share it.
    pub share: TeamShare,
}

/// How the competing members of a team share its prize.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamShare {
    /// Each gets what the team has won.
    #[default]
    Each,
    /// Each gets an equal part of it.
    Equal,
    /// Each gets a part by the weight that the results give.
    Weighted,
}

impl TiedPrizes {
    /// Whether it is the usual way.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl TeamRules {
    /// Whether it is the usual way.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}
