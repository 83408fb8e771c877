//! How much a participant's matches say beyond the placement.

use crate::{MatchRecord, TenThousandths};

const RESULTS_SHARE: f64 = 0.7;
const GOALS_SHARE: f64 = 0.3;
/// Matches after which the modifier has 1 − 1/e of its full strength.
const CONFIDENCE_MATCHES: f64 = 5.0;

/// −1 (lost everything) to 1 (won everything), 0 without matches: wins and goal balance, with more
/// confidence the more matches there were (RULES.md, "Skill step").
///
/// The exponential is the platform's; the plan keeps the modifier, so that nobody computes it again.
#[must_use]
pub fn match_modifier(record: &MatchRecord) -> TenThousandths {
    let wins = f64::from(record.wins);
    let played = wins + f64::from(record.losses) + f64::from(record.draws);
    if played == 0.0 {
        return TenThousandths::ZERO;
    }
    let results = RESULTS_SHARE * (wins / played - 0.5) * 2.0;
    let confidence = 1.0 - (-played / CONFIDENCE_MATCHES).exp();
    TenThousandths::rounded((results + goal_balance(record)) * confidence)
}

fn goal_balance(record: &MatchRecord) -> f64 {
    let scored = f64::from(record.goals_for);
    let conceded = f64::from(record.goals_against);
    let goals = scored + conceded;
    if goals == 0.0 { 0.0 } else { GOALS_SHARE * (scored - conceded) / goals }
}
