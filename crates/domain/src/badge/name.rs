//! Names of badges that no table knows.

use std::{fmt, str};

use thiserror::Error;

use super::BadgeType;

/// The name of a badge of one's own: 1 to 32 of `A-Z`, `0-9` and `_`, and none of the
/// [table's](BadgeType::ALL). It is kept in place, so that a badge stays a value to be copied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BadgeName(
    /// Filled up with zeros, which sort before every letter: names are ordered as their texts are.
    [u8; BadgeName::LENGTH_MAX],
);

/// The text is no name of a badge of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no badge of one's own: use 1 to 32 of A-Z, 0-9 and `_`, and no name of the table"
)]
pub struct NotABadgeName(String);

impl BadgeName {
    /// Letters at most.
    pub const LENGTH_MAX: usize = 32;

    /// Checks the spelling.
    pub fn new(name: &str) -> Result<Self, NotABadgeName> {
        let taken = BadgeType::ALL.iter().any(|it| it.as_str() == name);
        Self::spelled(name).filter(|_| !taken).ok_or_else(|| NotABadgeName::of(name))
    }

    fn spelled(name: &str) -> Option<Self> {
        let legal = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_';
        if name.is_empty() || !name.bytes().all(legal) {
            return None;
        }
        let mut letters = [0; Self::LENGTH_MAX];
        letters.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(Self(letters))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|it| *it == 0).unwrap_or(Self::LENGTH_MAX);
        str::from_utf8(&self.0[..length]).unwrap_or_default()
    }

    /// The name as people would write it: `HAT_TRICK` is a hat trick.
    pub(super) fn in_words(&self) -> String {
        let mut words = self.as_str().replace('_', " ").to_lowercase();
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }
}

impl NotABadgeName {
    pub(super) fn of(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for BadgeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BadgeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
