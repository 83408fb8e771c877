//! How strong the others were, measured by where their skills started.

use crate::TenThousandths;

/// The weakest opposition that counts: half of one's own strength.
pub const FACTOR_MIN: TenThousandths = TenThousandths::new(5_000);
/// The strongest opposition that counts: twice one's own strength.
pub const FACTOR_MAX: TenThousandths = TenThousandths::new(20_000);

/// Mean baseline of the others ÷ own mean baseline, within [`FACTOR_MIN`] and [`FACTOR_MAX`]; 1
/// without others or without an own baseline above 0 (RULES.md, "Skill step").
#[must_use]
pub fn opponent_factor(own_mean: f64, others_mean: Option<f64>) -> TenThousandths {
    match others_mean {
        Some(others_mean) if own_mean > 0.0 => {
            TenThousandths::rounded(others_mean / own_mean).clamp(FACTOR_MIN, FACTOR_MAX)
        }
        _ => TenThousandths::ONE,
    }
}

/// The baselines of a field, or of one side of it, added up in integers: one pass over the field
/// gives everybody's factor, and the order of addition changes nothing.
///
/// A participant adds one number, the sum of its baselines in tenths over the skills of the
/// tournament. All sum over the same skills, so neither their number nor the unit is in a factor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldBaseline {
    sum: i64,
    participants: u32,
}

impl FieldBaseline {
    /// Adds one participant.
    pub fn add(&mut self, baseline_sum: i64) {
        self.sum = self.sum.saturating_add(baseline_sum);
        self.participants = self.participants.saturating_add(1);
    }

    /// The factor of a participant of `own_side`, whose members are part of this field and are not
    /// its opponents. A participant without team mates is a side of its own.
    #[must_use]
    pub fn factor_against(&self, own_baseline_sum: i64, own_side: &Self) -> TenThousandths {
        let others = Self {
            sum: self.sum.saturating_sub(own_side.sum),
            participants: self.participants.saturating_sub(own_side.participants),
        };
        opponent_factor(exact(own_baseline_sum), others.mean())
    }

    fn mean(&self) -> Option<f64> {
        (self.participants > 0).then(|| exact(self.sum) / f64::from(self.participants))
    }
}

impl FromIterator<i64> for FieldBaseline {
    fn from_iter<I: IntoIterator<Item = i64>>(baseline_sums: I) -> Self {
        let mut field = Self::default();
        baseline_sums.into_iter().for_each(|it| field.add(it));
        field
    }
}

#[expect(clippy::cast_precision_loss, reason = "tenths of a field stay far below 2^53")]
fn exact(sum: i64) -> f64 {
    sum as f64
}
