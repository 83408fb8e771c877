//! Rounds the exact value of a binary64 to a fixed number of decimals, ties to even.
//!
//! `(x * 10.0).round() / 10.0` is not that: the product is rounded first, and 0.15, which lies just
//! below its half, becomes 1.5 exactly and goes the wrong way. Formatting with `{:.1}` and parsing
//! is right and slow. Here the product's rounding error decides what looks like a half.

use std::cmp::Ordering;

/// Tenths nearest to `value`. Beyond `i32` the result saturates; NaN gives 0.
pub(crate) fn round_to_tenths(value: f64) -> i32 {
    round_scaled(value, 10.0)
}

/// Ten-thousandths nearest to `value`. Beyond `i32` the result saturates; NaN gives 0.
pub(crate) fn round_to_ten_thousandths(value: f64) -> i32 {
    round_scaled(value, 10_000.0)
}

/// The integer nearest to the exact `value · scale`, ties to even.
///
/// A fused multiply-add gives the error of the product exactly. Below 2⁵² the error is less than
/// the distance from the product to a half that it does not hit, so it matters only on a half.
fn round_scaled(value: f64, scale: f64) -> i32 {
    let magnitude = value.abs();
    let product = magnitude * scale;
    let error = magnitude.mul_add(scale, -product);

    let rounded = match (product.fract(), error).partial_cmp(&(0.5, 0.0)) {
        Some(Ordering::Less) => product.floor(),
        Some(Ordering::Greater) => product.ceil(),
        Some(Ordering::Equal) => product.round_ties_even(),
        None => product, // Not finite: the conversion below has the answer.
    };
    saturating_i32(rounded.copysign(value))
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, as the callers promise")]
fn saturating_i32(whole: f64) -> i32 {
    whole as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_just_below_a_half_is_not_a_half() {
        assert_eq!(round_to_tenths(0.15), 1);
        assert_eq!(round_to_tenths(0.35), 3);
        assert_eq!(round_to_tenths(-0.15), -1);
    }

    #[test]
    fn an_exact_half_goes_to_even() {
        assert_eq!([0.25, 0.75, -0.25, -0.75].map(round_to_tenths), [2, 8, -2, -8]);
        assert_eq!([0.031_25, 0.093_75].map(round_to_ten_thousandths), [312, 938]);
    }

    #[test]
    fn what_no_integer_holds_saturates() {
        let wild = [f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::NAN, f64::MIN_POSITIVE];

        assert_eq!(wild.map(round_to_tenths), [i32::MAX, i32::MIN, i32::MAX, 0, 0]);
    }
}
