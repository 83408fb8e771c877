//! What people call a skill level.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Tenths;

/// The band that a skill level lies in, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Below 50.
    Beginner,
    /// From 50.
    Developing,
    /// From 70.
    Intermediate,
    /// From 85.
    Advanced,
    /// From 95.
    Master,
}

impl Tier {
    /// Every tier, lowest first.
    pub const ALL: [Self; 5] =
        [Self::Beginner, Self::Developing, Self::Intermediate, Self::Advanced, Self::Master];

    /// The tier of a stored level.
    #[must_use]
    pub fn of(level: Tenths) -> Self {
        Self::of_level(level.as_f64())
    }

    /// The tier of a level that need not have one decimal, such as a mean over skills.
    #[must_use]
    pub fn of_level(level: f64) -> Self {
        let reached = |it: &Self| level >= it.floor().as_f64();
        Self::ALL.into_iter().rfind(reached).unwrap_or(Self::Beginner)
    }

    /// The lowest level of the tier.
    #[must_use]
    pub fn floor(self) -> Tenths {
        Tenths::new(match self {
            Self::Beginner => 0,
            Self::Developing => 500,
            Self::Intermediate => 700,
            Self::Advanced => 850,
            Self::Master => 950,
        })
    }

    /// The highest level of the tier.
    #[must_use]
    pub fn ceiling(self) -> Tenths {
        let above = Self::ALL.into_iter().find(|it| *it > self);
        above.map_or(Tenths::new(1_000), |it| Tenths::new(it.floor().units() - 1))
    }

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Beginner => "beginner",
            Self::Developing => "developing",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
            Self::Master => "master",
        }
    }

    /// The sign that people see next to the name.
    #[must_use]
    pub fn emoji(self) -> &'static str {
        match self {
            Self::Beginner => "🌱",
            Self::Developing => "📈",
            Self::Intermediate => "⚡",
            Self::Advanced => "🔥",
            Self::Master => "💎",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
