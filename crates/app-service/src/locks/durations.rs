//! One distribution of durations.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Quantiles;

/// Whatever takes longer, a good day, is said to take this long.
const LONGEST: Duration = Duration::from_secs(100_000);

/// A distribution of durations: how often each was met, rounded up by less than 1 % to a step of a
/// ruler. It grows with the range of what it holds, by at most 350 steps for each power of ten, and
/// never with their number.
///
/// It is written as it is: each step in microseconds with how often it was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Durations(BTreeMap<u64, u64>);

impl Durations {
    pub(super) fn record(&mut self, duration: Duration) {
        self.record_often(micros(duration), 1);
    }

    pub(super) fn total(&self) -> u64 {
        self.0.values().fold(0, |total, times| total.saturating_add(*times))
    }

    /// Everything that `other` has met, too.
    pub(super) fn add(&mut self, other: &Self) {
        for (step, times) in &other.0 {
            self.record_often(*step, *times);
        }
    }

    pub(super) fn quantiles(&self) -> Quantiles {
        let at = |percent| millis(Duration::from_micros(self.percentile(percent)));
        Quantiles { p50_ms: at(50), p95_ms: at(95), p99_ms: at(99), max_ms: at(100) }
    }

    fn record_often(&mut self, micros: u64, times: u64) {
        let met = self.0.entry(step(micros)).or_default();
        *met = met.saturating_add(times);
    }

    /// The smallest step that `percent` of a hundred did not exceed.
    fn percentile(&self, percent: u64) -> u64 {
        let wanted = (u128::from(self.total()) * u128::from(percent)).div_ceil(100);
        let mut met = 0;
        let reaches = |(_, times): &(&u64, &u64)| {
            met += u128::from(**times);
            met >= wanted
        };
        self.0.iter().find(reaches).map_or(0, |(step, _)| *step)
    }
}

/// The next step of the ruler: steps of 1 up to 200, of 2 up to 500, of 5 up to 1,000, and so on from
/// 100 at ten times the length. What is on a step, as 200 ms and 500 ms are, stays there, and what is
/// above it does not: a threshold on a step is exact.
fn step(micros: u64) -> u64 {
    let micros = micros.min(self::micros(LONGEST));
    let mut unit = 1;
    while micros / unit >= 1_000 {
        unit *= 10;
    }
    let length = match micros / unit {
        0..200 => unit,
        200..500 => 2 * unit,
        _ => 5 * unit,
    };
    micros.div_ceil(length) * length
}

/// A duration as reports say it.
#[expect(clippy::cast_precision_loss, reason = "exact for 285 years")]
pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1_000.0
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl Serialize for Durations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

impl<'de> Deserialize<'de> for Durations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut durations = Self::default();
        for (step, times) in Vec::<(u64, u64)>::deserialize(deserializer)? {
            durations.record_often(step, times);
        }
        Ok(durations)
    }
}
