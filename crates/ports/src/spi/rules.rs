//! Levels and standing rules, as they are stored.

use domain::{LevelUp, PlayerId, Review, RuleId, StandingRule};

use crate::Timestamp;

/// A level as reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelUpRecord {
    /// Who, which, and by what.
    pub level_up: LevelUp,
    /// When.
    pub reached_at: Timestamp,
}

/// A standing rule, with who brought it and when.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleRecord {
    /// The rule, and how far it has come.
    pub rule: StandingRule,
    /// Who began it.
    pub actor: String,
    /// When.
    pub begun_at: Timestamp,
    /// When it last came further.
    pub changed_at: Timestamp,
}

/// One page of players who were looked at for a standing rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleAdvance {
    /// Which rule.
    pub id: RuleId,
    /// Whose histories were looked at, and how far, in ascending player id.
    pub reviews: Vec<Review>,
    /// The last player of the page; `None` leaves the cursor where it is.
    pub cursor: Option<PlayerId>,
    /// Badges that the page was given.
    pub badges: u64,
    /// Whether nobody is left.
    pub finished: bool,
}
