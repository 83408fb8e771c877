//! What was measured, and what it comes to.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One tournament, paid once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) took: Duration,
    /// What PostgreSQL has written to its log.
    pub(crate) wal_bytes: u64,
}

/// Several of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// Median.
    pub(crate) seconds: f64,
    pub(crate) seconds_min: f64,
    pub(crate) seconds_max: f64,
    /// Median.
    pub(crate) wal_bytes: u64,
}

impl Figures {
    pub(crate) fn of(samples: &[Sample]) -> Self {
        let seconds = sorted(samples.iter().map(|it| it.took.as_secs_f64()).collect());
        let mut wal_bytes: Vec<_> = samples.iter().map(|it| it.wal_bytes).collect();
        wal_bytes.sort_unstable();
        Self {
            seconds: middle(&seconds),
            seconds_min: seconds.first().copied().unwrap_or_default(),
            seconds_max: seconds.last().copied().unwrap_or_default(),
            wal_bytes: middle(&wal_bytes),
        }
    }
}

/// The median of the ratios of samples that were taken one after the other: what slows down both
/// slows down neither.
pub(crate) fn ratio(of: &[Sample], to: &[Sample]) -> f64 {
    let ratio =
        |(one, other): (&Sample, &Sample)| one.took.as_secs_f64() / other.took.as_secs_f64();
    median(of.iter().zip(to).map(ratio).collect())
}

/// The median of some measurements.
pub(crate) fn median(measurements: Vec<f64>) -> f64 {
    middle(&sorted(measurements))
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn middle<T: Copy + Default>(sorted: &[T]) -> T {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
