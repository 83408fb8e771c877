//! A badge rule that is held against the past of every player.

use crate::{BadgeRule, PlayerId, RuleId};

/// A badge rule that is held against the past, and how far that has come.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingRule {
    /// Made of the rule itself: the same rule is the same standing rule, whoever brings it.
    pub id: RuleId,
    /// The rule.
    pub rule: BadgeRule,
    /// Whether every player has been looked at.
    pub finished: bool,
    /// The last player who has been looked at; they come in ascending id.
    pub cursor: Option<PlayerId>,
    /// How many players have been looked at.
    pub players: u64,
    /// How many badges they were given.
    pub badges: u64,
}

/// How far into a player's own history a rule has been held against it. Later tournaments are for
/// their own policies to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    /// Whose history.
    pub player: PlayerId,
    /// The number of the last step that was looked at; 0 when there was none.
    pub through: i64,
}

/// A rule that has been held against a player's own history.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewedRule {
    /// The rule.
    pub rule: BadgeRule,
    /// The number of the last step that it has judged.
    pub through: i64,
}

impl StandingRule {
    /// A rule that nobody has been looked at for.
    #[must_use]
    pub fn new(rule: BadgeRule) -> Self {
        let id = RuleId::of(&rule.to_document().to_string());
        Self { id, rule, finished: false, cursor: None, players: 0, badges: 0 }
    }
}
