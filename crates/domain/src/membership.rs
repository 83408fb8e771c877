//! Who plays for which team, and how much a member counts there.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

/// What a member of a team is: the team by name, and the member's weight in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Membership {
    /// The team.
    pub name: String,
    /// What the member counts where a team's prize is shared out by weight.
    #[serde(default)]
    pub weight: MemberWeight,
}

/// What one member counts in a team: 1 to 1,000,000, and 1 where nobody says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct MemberWeight(NonZeroU32);

impl MemberWeight {
    /// As much as any other member.
    pub const ONE: Self = Self(NonZeroU32::MIN);
    /// More than this is taken for a slip of the pen.
    pub const MAX: u32 = 1_000_000;

    /// A weight; `None` for 0 and above [`MAX`](Self::MAX).
    #[must_use]
    pub fn new(weight: u32) -> Option<Self> {
        NonZeroU32::new(weight).filter(|it| it.get() <= Self::MAX).map(Self)
    }

    /// The weight.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl Default for MemberWeight {
    fn default() -> Self {
        Self::ONE
    }
}

impl TryFrom<u32> for MemberWeight {
    type Error = &'static str;

    fn try_from(weight: u32) -> Result<Self, Self::Error> {
        Self::new(weight).ok_or("a member's weight is 1 to 1,000,000")
    }
}

impl From<MemberWeight> for u32 {
    fn from(weight: MemberWeight) -> Self {
        weight.get()
    }
}

/// A member who counts as much as any other.
impl<Name: Into<String>> From<Name> for Membership {
    fn from(name: Name) -> Self {
        Self { name: name.into(), weight: MemberWeight::ONE }
    }
}
