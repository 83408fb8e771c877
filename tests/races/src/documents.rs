//! A policy and a badge rule for where the usual ones leave out what is tested.

use domain::{BadgeRule, RewardPolicy};
use serde_json::json;

/// The usual policy with levels. Whoever wins one of two tournaments reaches two of the three levels
/// by it, whoever comes second one; whichever tournament pays last lifts both to the third.
#[must_use]
pub fn with_levels() -> RewardPolicy {
    let steps = json!([
        { "xp": 300, "credits": 10 },
        { "xp": 500, "credits": 20 },
        { "xp": 900, "credits": 30 },
    ]);
    let document = json!({ "version": 1, "levels": { "steps": steps } });
    RewardPolicy::from_document(&document).expect("a policy with levels")
}

/// A badge for every tournament by whose end its player's counter of this name has moved.
#[must_use]
pub fn rule(counter: &str) -> BadgeRule {
    let when = json!([{ "history": counter, "at_least": 1 }]);
    let document = json!({ "badge": format!("SOME_{}", counter.to_uppercase()), "when": when });
    BadgeRule::from_document(&document).expect("a badge rule")
}
