//! What was measured of one participant: a time, a distance, a score.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A finite number, in the unit that its tournament knows.
///
/// It is the number that was read, to the last bit: written as text or as JSON, and read again, it is
/// the same. So the decimals of a record to beat and of the value that equals it meet in one number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Measured(f64);

/// The number is infinite, or the text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected a finite number")]
pub struct NotMeasured;

impl Measured {
    /// A measured value; `None` for what is not finite.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        // Adding makes one zero of two, which are equal, of which only one may be written.
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

// What is finite equals itself.
impl Eq for Measured {}

impl fmt::Display for Measured {
    /// As few decimals as name this number and no other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Measured {
    type Err = NotMeasured;

    fn from_str(text: &str) -> Result<Self, NotMeasured> {
        text.parse().ok().and_then(Self::new).ok_or(NotMeasured)
    }
}

impl TryFrom<f64> for Measured {
    type Error = NotMeasured;

    fn try_from(value: f64) -> Result<Self, NotMeasured> {
        Self::new(value).ok_or(NotMeasured)
    }
}

impl From<Measured> for f64 {
    fn from(measured: Measured) -> Self {
        measured.get()
    }
}
