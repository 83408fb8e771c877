//! Numbers, as people read them.

/// A whole number, with its thousands apart.
pub(crate) fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number on an axis: no more digits than it has.
pub(crate) fn plain(number: f64) -> String {
    if number >= 1.0 && number.fract() < 1e-9 {
        return count(number);
    }
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A duration, in the unit that suits it.
pub(crate) fn seconds(seconds: f64) -> String {
    match seconds {
        it if it >= 100.0 => format!("{it:.0} s"),
        it if it >= 10.0 => format!("{it:.1} s"),
        it if it >= 1.0 => format!("{it:.2} s"),
        it if it >= 0.1 => format!("{:.0} ms", it * 1_000.0),
        it => format!("{:.1} ms", it * 1_000.0),
    }
}

/// An amount of memory.
pub(crate) fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

/// A ratio.
pub(crate) fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!(
            [0.0, 999.0, 1_000.0, 1_234_567.0].map(count),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [0.0, 0.001, 0.25, 2.0, 10_000.0].map(plain),
            ["0", "0.001", "0.25", "2", "10,000"]
        );
        let durations = [0.0042, 0.42, 4.2, 42.0, 420.0].map(seconds);
        assert_eq!(durations, ["4.2 ms", "420 ms", "4.20 s", "42.0 s", "420 s"]);
        let amounts = [0, 1, 64 << 20, (64 << 20) + 1].map(mebibytes);
        assert_eq!(amounts, ["0.0 MiB", "0.1 MiB", "64.0 MiB", "64.1 MiB"]);
    }
}
