//! When what did not arrive is tried again.

use std::time::Duration;

/// When what did not arrive is tried again: after longer and longer pauses, so that a receiver which
/// is down for a day gets everything, and one that is busy is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPlan {
    /// The longest pause behind the first attempt.
    pub first: Duration,
    /// How many times longer each pause is than the one before.
    pub factor: u32,
    /// No pause is longer.
    pub longest: Duration,
    /// Attempts, the first one included, before it is a dead letter.
    pub attempts_max: u32,
}

impl RetryPlan {
    /// The pause behind an attempt, `attempts` being those before it; `None` when it was the last.
    /// A part of it is drawn, so that what has failed together does not come back together.
    pub(crate) fn pause(&self, attempts: u32) -> Option<Duration> {
        (attempts + 1 < self.attempts_max).then(|| {
            let longest = self.longest_pause(attempts);
            longest.mul_f64(f64::midpoint(fastrand::f64(), 1.0))
        })
    }

    fn longest_pause(&self, attempts: u32) -> Duration {
        let times = self.factor.saturating_pow(attempts);
        self.first.saturating_mul(times).min(self.longest)
    }
}

impl Default for RetryPlan {
    /// Twelve attempts in about three days: after 5 s, 20 s, 80 s, …, and then every 12 hours.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(5),
            factor: 4,
            longest: Duration::from_hours(12),
            attempts_max: 12,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest_and_end_with_the_attempts() {
        let plan = RetryPlan::default();

        let pauses: Vec<_> = (0..20).map_while(|it| plan.pause(it)).collect();

        assert_eq!(pauses.len(), 11);
        for (attempts, pause) in (0..).zip(&pauses) {
            let longest = plan.longest_pause(attempts);
            assert!(longest / 2 <= *pause && *pause <= longest, "{attempts}: {pause:?}");
        }
        assert!(plan.longest_pause(u32::MAX) == plan.longest);
    }
}
