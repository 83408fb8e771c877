//! One distribution of durations.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Quantiles;

/// Significant digits that are kept: a duration is off by at most 0.05 %.
const DIGITS: u8 = 3;

/// Whatever takes longer is said to take this long.
const LONGEST: Duration = Duration::from_hours(24);

/// A distribution of durations. It grows with the range of what it holds, never with their number:
/// 24 KiB for anything up to 4 ms, 136 KiB for a minute.
///
/// It is written as its buckets that are not empty, each with its duration in microseconds and how
/// often it was met.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Durations(Histogram<u64>);

impl Durations {
    pub(super) fn record(&mut self, duration: Duration) {
        self.record_n(micros(duration), 1);
    }

    pub(super) fn total(&self) -> u64 {
        self.0.len()
    }

    /// Everything that `other` has met, too.
    pub(super) fn add(&mut self, other: &Self) {
        for (micros, times) in other.buckets() {
            self.record_n(micros, times);
        }
    }

    pub(super) fn quantiles(&self) -> Quantiles {
        let at = |quantile| self.figure(self.0.value_at_quantile(quantile));
        Quantiles {
            p50_ms: at(0.50),
            p95_ms: at(0.95),
            p99_ms: at(0.99),
            max_ms: self.figure(self.0.max()),
        }
    }

    fn record_n(&mut self, micros: u64, times: u64) {
        // A histogram refuses what is out of its range, and this one grows to its longest.
        let _ = self.0.record_n(micros.min(longest()), times);
    }

    fn buckets(&self) -> impl Iterator<Item = (u64, u64)> {
        self.0.iter_recorded().map(|it| (it.value_iterated_to(), it.count_at_value()))
    }

    /// Rounded to as many digits as are known: 200 ms are not 200.063 ms, which is the end of the
    /// bucket that they are in.
    fn figure(&self, micros: u64) -> f64 {
        let middle = self.0.median_equivalent(micros);
        let mut unit = 1;
        while middle / unit >= 10_u64.pow(u32::from(DIGITS)) {
            unit *= 10;
        }
        millis(Duration::from_micros((middle + unit / 2) / unit * unit))
    }
}

/// A duration as reports say it.
#[expect(clippy::cast_precision_loss, reason = "exact for 285 years")]
pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1_000.0
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn longest() -> u64 {
    micros(LONGEST)
}

impl Default for Durations {
    fn default() -> Self {
        Self(Histogram::new(DIGITS).expect("a histogram has up to five digits"))
    }
}

impl Serialize for Durations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.buckets())
    }
}

impl<'de> Deserialize<'de> for Durations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut durations = Self::default();
        for (micros, times) in Vec::<(u64, u64)>::deserialize(deserializer)? {
            durations.record_n(micros, times);
        }
        Ok(durations)
    }
}
