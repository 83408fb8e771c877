//! What was measured, and its medians.

/// Something that was paid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) seconds: f64,
    pub(crate) wal_bytes: i64,
}

/// The median of some numbers.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The median of the ratios of what was measured in the same rounds: an hour that slows down both
/// slows down neither.
pub(crate) fn ratio(of: &[Sample], to: &[Sample], what: impl Fn(&Sample) -> f64) -> f64 {
    median(of.iter().zip(to).map(|(one, other)| what(one) / what(other)))
}
