//! Divides whole units by weight, so that the parts are the whole.

/// Shares of an amount by weight, by the method of the largest remainder (Hamilton's).
///
/// Everybody has the whole units of an exact share. Those that are left over go one by one to whoever
/// lost the largest fraction; among equal fractions to whoever [asks](Self::parts) first, so that
/// callers ask best placed first, or by ascending id. A greater weight never has a smaller part.
///
/// **Invariant:** once every claim has been asked for, the parts are the whole, if any weighs
/// anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    whole: u128,
    weights: u128,
    /// Fractions above this have a unit that is left over; of those that equal it, `odd` have one.
    brink: u128,
    odd: u64,
}

/// Some that weigh the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    /// What each of them weighs.
    pub(crate) weight: u32,
    /// How many they are.
    pub(crate) count: u32,
}

impl Split {
    /// Shares of `whole`, which is not negative, among `claims`.
    pub(crate) fn of(whole: i64, claims: impl Iterator<Item = Claim> + Clone) -> Self {
        let whole = u128::try_from(whole).unwrap_or_default();
        let weights = claims.clone().map(|it| u128::from(it.weight) * u128::from(it.count)).sum();
        let mut split = Self { whole, weights, brink: u128::MAX, odd: 0 };
        split.find_brink(claims);
        split
    }

    /// The part of one who weighs `weight`, and has not asked before.
    pub(crate) fn part(&mut self, weight: u32) -> i64 {
        self.parts(Claim { weight, count: 1 })
    }

    /// What some of equal weight, who have not asked before, have together.
    pub(crate) fn parts(&mut self, Claim { weight, count }: Claim) -> i64 {
        if self.weights == 0 {
            return 0;
        }
        let (units, fraction) = self.exact(weight);
        let odd = match fraction.cmp(&self.brink) {
            std::cmp::Ordering::Greater => u64::from(count),
            std::cmp::Ordering::Equal => self.odd.min(count.into()),
            std::cmp::Ordering::Less => 0,
        };
        if fraction == self.brink {
            self.odd -= odd;
        }
        i64::try_from(units * u128::from(count) + u128::from(odd)).unwrap_or(i64::MAX)
    }

    /// The whole units of one share, and the fraction that it loses, in parts of all weights.
    fn exact(&self, weight: u32) -> (u128, u128) {
        let share = self.whole * u128::from(weight);
        (share / self.weights, share % self.weights)
    }

    fn find_brink(&mut self, claims: impl Iterator<Item = Claim>) {
        if self.weights == 0 {
            return;
        }
        let mut left = self.whole;
        let mut fractions = Vec::new();
        for Claim { weight, count } in claims {
            let (units, fraction) = self.exact(weight);
            left = left.saturating_sub(units * u128::from(count));
            fractions.push((fraction, u64::from(count)));
        }
        fractions.sort_unstable_by_key(|it| std::cmp::Reverse(it.0));
        let mut left = u64::try_from(left).unwrap_or_default();
        for equal in fractions.chunk_by(|a, b| a.0 == b.0) {
            let count: u64 = equal.iter().map(|it| it.1).sum();
            if left < count {
                (self.brink, self.odd) = (equal[0].0, left);
                return;
            }
            left -= count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(whole: i64, weights: &[u32]) -> Vec<i64> {
        let claims = weights.iter().map(|weight| Claim { weight: *weight, count: 1 });
        let mut split = Split::of(whole, claims);
        weights.iter().map(|it| split.part(*it)).collect()
    }

    #[test]
    fn a_unit_that_is_left_over_goes_to_the_largest_fraction() {
        // Exactly 4.67, 3.33, 2.00 and 50.4, 30.2, 20.2, 0.2.
        assert_eq!(parts(10, &[7, 5, 3]), [5, 3, 2]);
        assert_eq!(parts(101, &[499, 299, 200, 2]), [51, 30, 20, 0]);
    }

    #[test]
    fn of_equal_fractions_the_first_to_ask_comes_first() {
        assert_eq!(parts(11, &[1, 1, 1, 1]), [3, 3, 3, 2]);
        assert_eq!(parts(1, &[2, 2]), [1, 0]);
    }

    #[test]
    fn those_who_weigh_the_same_may_ask_together() {
        let claims = [Claim { weight: 3, count: 4 }, Claim { weight: 1, count: 5 }];
        let mut split = Split::of(100, claims.into_iter());

        // Exactly 17.65 and 5.88 each: the fractions of the five come first.
        assert_eq!(claims.map(|it| split.parts(it)), [70, 30]);
    }

    #[test]
    fn nobody_who_weighs_anything_has_nothing_to_share() {
        assert_eq!(parts(100, &[0, 0]), [0, 0]);
        assert_eq!(parts(100, &[0, 1]), [0, 100]);
        assert_eq!(parts(0, &[2, 1]), [0, 0]);
    }

    #[test]
    fn the_largest_whole_and_weights_do_not_overflow() {
        let claims = [Claim { weight: 1_000_000, count: u32::MAX }, Claim { weight: 1, count: 1 }];
        let mut split = Split::of(i64::MAX, claims.into_iter());

        let [most, rest] = claims.map(|it| split.parts(it));

        assert_eq!(most.checked_add(rest), Some(i64::MAX));
    }
}
