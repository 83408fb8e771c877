//! Content hashes that name results and plans.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{MatchRecord, Measured};

/// A SHA-256, printed as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash256([u8; 32]);

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected 64 hexadecimal digits")]
pub struct NotAHash;

/// Builds a [`Hash256`] from fields, each prefixed with its length so that no two lists of fields
/// meet in one text.
#[derive(Debug, Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Starts a hash of one kind of thing; `domain` keeps kinds apart.
    #[must_use]
    pub fn new(domain: &str) -> Self {
        let mut hasher = Self::default();
        hasher.bytes(domain.as_bytes());
        hasher
    }

    /// Adds one field.
    pub fn bytes(&mut self, field: &[u8]) -> &mut Self {
        self.0.update((field.len() as u64).to_be_bytes());
        self.0.update(field);
        self
    }

    /// Adds one number.
    pub fn number(&mut self, field: i64) -> &mut Self {
        self.bytes(&field.to_be_bytes())
    }

    /// Adds the matches of one participant.
    pub(crate) fn record(&mut self, record: &MatchRecord) -> &mut Self {
        let MatchRecord { wins, draws, losses, goals_for, goals_against } = *record;
        for number in [wins, draws, losses, goals_for, goals_against] {
            self.number(number.into());
        }
        self
    }

    /// Adds what was measured, where anything was: nothing was kept of it once. The mark is as long as
    /// no field that could stand in its place.
    pub(crate) fn measured(&mut self, measured: Option<Measured>) -> &mut Self {
        if let Some(measured) = measured {
            self.bytes(b"measured value").bytes(&measured.get().to_be_bytes());
        }
        self
    }

    /// The hash of all that was added.
    #[must_use]
    pub fn finish(self) -> Hash256 {
        Hash256(self.0.finalize().into())
    }
}

impl fmt::Display for Hash256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash256 {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        if text.len() != 64 || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(NotAHash);
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            let digits = &text[2 * index..2 * index + 2];
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Hash256 {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}

impl From<Hash256> for String {
    fn from(hash: Hash256) -> Self {
        hash.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_into_each_other() {
        let hash = |fields: &[&[u8]]| {
            let mut hasher = Hasher::new("test");
            for field in fields {
                hasher.bytes(field);
            }
            hasher.finish()
        };

        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
    }

    #[test]
    fn a_hash_reads_back_from_its_text() {
        let hash = Hasher::new("test").finish();

        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!("zz".parse::<Hash256>(), Err(NotAHash));
    }
}
