//! How one tournament moves one skill level: an exponential moving average.

use std::f64::consts::LN_2;

use serde::{Deserialize, Serialize};

use crate::{FACTOR_MAX, FACTOR_MIN, Placement, TenThousandths, Tenths};

/// How far a skill of weight 1 moves towards its target in one step.
pub const LEARNING_RATE: f64 = 0.20;
/// No step leads below this level.
pub const LEVEL_MIN: Tenths = Tenths::new(400);
/// No step leads above this level.
pub const LEVEL_MAX: Tenths = Tenths::new(990);
/// The level that every skill of a new player starts at.
pub const BASELINE: Tenths = Tenths::new(600);

/// The level that a last place points to; a first place points to 100.
const TARGET_SPAN: f64 = 60.0;
const TARGET_BEST: f64 = 100.0;

/// What a plan freezes about one participant for the steps of all skills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StepEvidence {
    /// The final rank. Without a placement there is no step, hence no evidence.
    pub placement: Placement,
    /// Competing participants; in a team tournament the number of competing teams.
    pub field_size: u32,
    /// How strong the others were; a step clamps it to [`FACTOR_MIN`] and [`FACTOR_MAX`].
    pub opponent_factor: TenThousandths,
    /// How the matches went, −1 to 1.
    pub match_modifier: TenThousandths,
}

/// The level after a step from `level`, within [`LEVEL_MIN`] and [`LEVEL_MAX`]; `weight` is the
/// skill's weight in the tournament, above 0 (RULES.md, "Skill step").
///
/// The logarithm is the platform's. Where two platforms differ in its last bit, a level that falls
/// within 10⁻¹³ of a rounding half may differ by 0.1, so a step is stored and never recomputed.
#[must_use]
pub fn skill_step(level: Tenths, weight: f64, evidence: &StepEvidence) -> Tenths {
    let before = level.as_f64();
    // From left to right: the logarithms divided first would end on the other side of some halves.
    let pull = LEARNING_RATE * (1.0 + weight).ln() / LN_2 * (evidence.target() - before);
    let after = before + evidence.adjust(pull);
    Tenths::rounded(after).clamp(LEVEL_MIN, LEVEL_MAX)
}

impl StepEvidence {
    /// The level that the placement points to: 100 for the first, 40 for the last of the field.
    fn target(&self) -> f64 {
        let behind = f64::from(self.placement.rank() - 1);
        let percentile = match self.field_size {
            0 | 1 => 0.0,
            size => behind / f64::from(size - 1),
        };
        TARGET_BEST - TARGET_SPAN * percentile
    }

    /// Good matches and strong opponents lengthen a step up and shorten a step down.
    fn adjust(&self, pull: f64) -> f64 {
        let modifier = self.match_modifier.as_f64();
        let factor = self.opponent_factor.clamp(FACTOR_MIN, FACTOR_MAX).as_f64();
        if pull >= 0.0 {
            pull * (1.0 + modifier) * factor
        } else {
            pull * (1.0 - modifier) / factor
        }
    }
}
