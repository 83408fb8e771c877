//! Decimal quantities of the reward rules, stored as integers so that nothing drifts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::rounding::{round_to_ten_thousandths, round_to_tenths};

/// A number with one decimal, as integer tenths: a skill level or skill points.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Tenths(i32);

/// A number with four decimals, as integer ten-thousandths: a factor or a modifier.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TenThousandths(i32);

macro_rules! decimal {
    ($name:ident, $scale:literal, $round:path, $decimals:literal) => {
        impl $name {
            /// From the stored integer.
            #[must_use]
            pub const fn new(units: i32) -> Self {
                Self(units)
            }

            /// The stored integer.
            #[must_use]
            pub const fn units(self) -> i32 {
                self.0
            }

            /// The nearest binary64 value, which is what the formulas calculate with.
            #[must_use]
            pub fn as_f64(self) -> f64 {
                f64::from(self.0) / $scale
            }

            /// Rounds the exact value of `value`, ties to even (RULES.md, first paragraph).
            #[must_use]
            pub fn rounded(value: f64) -> Self {
                Self($round(value))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:.*}", $decimals, self.as_f64())
            }
        }
    };
}

decimal!(Tenths, 10.0, round_to_tenths, 1);
decimal!(TenThousandths, 10_000.0, round_to_ten_thousandths, 4);

impl TenThousandths {
    /// Exactly 1, the neutral factor.
    pub const ONE: Self = Self(10_000);
    /// Exactly 0, the neutral modifier.
    pub const ZERO: Self = Self(0);
}
