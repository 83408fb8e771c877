//! What kind of skill a skill is, and what its points are worth.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of a skill; it decides the rate at which its points become XP.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SkillCategory {
    /// Of the ball, the tool, the move.
    Technical,
    /// Of the game and one's place in it.
    Tactical,
    /// Of the body.
    Physical,
    /// Of the mind.
    Mental,
    /// Not sorted in.
    #[default]
    None,
}

impl SkillCategory {
    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Tactical => "tactical",
            Self::Physical => "physical",
            Self::Mental => "mental",
            Self::None => "none",
        }
    }
}

impl fmt::Display for SkillCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Bonus XP per skill point, by category; not negative in a valid policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ConversionRates {
    /// XP per point of a technical skill.
    pub technical: i64,
    /// XP per point of a tactical skill.
    pub tactical: i64,
    /// XP per point of a physical skill.
    pub physical: i64,
    /// XP per point of a mental skill.
    pub mental: i64,
    /// XP per point of a skill without category.
    pub none: i64,
}

impl Default for ConversionRates {
    fn default() -> Self {
        Self { technical: 10, tactical: 10, physical: 8, mental: 12, none: 10 }
    }
}

impl ConversionRates {
    /// XP per point of a skill of `category`.
    #[must_use]
    pub fn rate(&self, category: SkillCategory) -> i64 {
        match category {
            SkillCategory::Technical => self.technical,
            SkillCategory::Tactical => self.tactical,
            SkillCategory::Physical => self.physical,
            SkillCategory::Mental => self.mental,
            SkillCategory::None => self.none,
        }
    }
}
