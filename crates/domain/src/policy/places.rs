//! Which placements a policy speaks of.

use std::ops::RangeInclusive;

use serde::{Serialize, Serializer};

/// What a document calls the end of a range without one.
pub(super) const LAST: &str = "last";

/// The placements that a tier or a weight is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Places {
    /// From one placement to another, both included.
    Range {
        /// The best one.
        from: u32,
        /// The last one; `None` for whoever comes last.
        #[serde(serialize_with = "or_last")]
        to: Option<u32>,
    },
    /// The best of the field.
    Top {
        /// How much of it, the last one rounded up.
        top_percent: Percent,
    },
}

/// More than 0 and at most 100 percent, in hundredths of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Places {
    /// The placements in a field of `field_size`.
    #[must_use]
    pub fn in_field(self, field_size: u32) -> RangeInclusive<u32> {
        match self {
            Self::Range { from, to } => from..=to.unwrap_or(u32::MAX),
            Self::Top { top_percent } => 1..=top_percent.of(field_size),
        }
    }

    /// The last placement behind which nothing changes: all further ones are in it, or none is.
    pub(super) fn last_change(self, field_size: u32) -> u32 {
        match self {
            Self::Range { from, to: None } => from.saturating_sub(1),
            _ => *self.in_field(field_size).end(),
        }
    }
}

impl Percent {
    /// A percentage of at most two decimals; `None` for any other number.
    #[must_use]
    pub fn new(percent: f64) -> Option<Self> {
        let known = |it: &u32| (Self(*it).as_f64() - percent).abs() < 1e-9;
        nearest(percent * 100.0).filter(|it| (1..=10_000).contains(it)).filter(known).map(Self)
    }

    /// The percentage.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// So much of a field, rounded up.
    fn of(self, field_size: u32) -> u32 {
        let hundredths = u64::from(field_size) * u64::from(self.0);
        u32::try_from(hundredths.div_ceil(10_000)).unwrap_or(field_size)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u32(self.0 / 100)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn or_last<S: Serializer>(to: &Option<u32>, serializer: S) -> Result<S::Ok, S::Error> {
    match to {
        Some(rank) => serializer.serialize_u32(*rank),
        None => serializer.serialize_str(LAST),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is looked at first"
)]
fn nearest(value: f64) -> Option<u32> {
    (0.0..=10_000.5).contains(&value).then(|| value.round() as u32)
}
