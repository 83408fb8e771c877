//! A key as its holder has it: `grd_<prefix>_<secret>`.
//!
//! The secret is 256 bits from the system's generator. Nobody can guess it, so that its hash needs no
//! slow function and no salt: those are for what people make up.

use std::fmt;

use domain::{Hash256, Hasher};
use ports::StoreError;
use subtle::ConstantTimeEq;

/// What every key begins with, for scanners that look for secrets in code.
const MARK: &str = "grd_";

/// How long a prefix is.
pub(super) const PREFIX_LENGTH: usize = 8;

/// How many digits 256 bits take in base 62.
const SECRET_LENGTH: usize = 43;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A whole key. It is printed by nothing: whoever shows it says so.
#[derive(Clone)]
pub struct ApiSecret {
    prefix: String,
    secret: String,
}

impl ApiSecret {
    /// Draws a new one.
    pub(super) fn draw() -> Result<Self, StoreError> {
        let mut bytes = [0; 40];
        getrandom::fill(&mut bytes).map_err(|error| StoreError::Unusable {
            during: "drawing a secret",
            source: error.into(),
        })?;
        let (prefix, secret) = bytes.split_at(PREFIX_LENGTH);
        Ok(Self { prefix: base62(prefix, PREFIX_LENGTH), secret: base62(secret, SECRET_LENGTH) })
    }

    /// The same secret under another prefix.
    pub(super) fn of_prefix(self, prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), ..self }
    }

    /// Reads a key; `None` of what cannot be one, whoever asks.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, secret) = text.strip_prefix(MARK)?.split_once('_')?;
        let has = |part: &str, length| {
            part.len() == length && part.bytes().all(|it| it.is_ascii_alphanumeric())
        };
        let is_key = has(prefix, PREFIX_LENGTH) && has(secret, SECRET_LENGTH);
        is_key.then(|| Self { prefix: prefix.to_owned(), secret: secret.to_owned() })
    }

    /// Whether `text` means to be a key of Guerdon, well made or not.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(MARK)
    }

    /// The part of it that may be shown.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// All of it, for the one who is to have it.
    #[must_use]
    pub fn reveal(&self) -> String {
        let Self { prefix, secret } = self;
        format!("{MARK}{prefix}_{secret}")
    }

    /// What a store knows of it.
    pub(super) fn hash(&self) -> Hash256 {
        let mut hasher = Hasher::new("API key");
        hasher.bytes(self.secret.as_bytes());
        hasher.finish()
    }

    /// Whether `known` is its hash, in a time that says nothing about where they differ.
    pub(super) fn has_hash(&self, known: Hash256) -> bool {
        let (own, known) = (self.hash().to_string(), known.to_string());
        own.as_bytes().ct_eq(known.as_bytes()).into()
    }
}

/// Never the secret.
impl fmt::Debug for ApiSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MARK}{}_…", self.prefix)
    }
}

/// The last `length` digits of a number in base 62; the number begins with its highest byte.
fn base62(number: &[u8], length: usize) -> String {
    let mut rest = number.to_vec();
    let mut digits: Vec<u8> = (0..length).map(|_| DIGITS[divide(&mut rest)]).collect();
    digits.reverse();
    digits.into_iter().map(char::from).collect()
}

/// Divides a number by 62 in place; answers the remainder.
fn divide(number: &mut [u8]) -> usize {
    let mut remainder = 0;
    for byte in number {
        let value = remainder << 8 | usize::from(*byte);
        *byte = u8::try_from(value / DIGITS.len()).unwrap_or(u8::MAX);
        remainder = value % DIGITS.len();
    }
    remainder
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_key_that_was_drawn_reads_back_and_no_two_are_the_same() {
        let drawn: Vec<_> = (0..100).map(|_| ApiSecret::draw().unwrap()).collect();

        for secret in &drawn {
            let read = ApiSecret::parse(&secret.reveal()).unwrap();
            assert!(read.has_hash(secret.hash()) && read.prefix == secret.prefix);
            assert_eq!(secret.reveal().len(), MARK.len() + PREFIX_LENGTH + 1 + SECRET_LENGTH);
        }
        let different: BTreeSet<_> = drawn.iter().map(|it| it.secret.clone()).collect();
        assert_eq!(different.len(), drawn.len());
    }

    #[test]
    fn the_digits_are_those_of_the_number() {
        assert_eq!(base62(&[0; 32], 5), "00000");
        assert_eq!(base62(&[61], 2), "0z");
        assert_eq!(base62(&[62], 2), "10");
        assert_eq!(base62(&[1, 0], 3), "048");
        // The largest number of 256 bits fits, and its first digit is not the largest one.
        let largest = base62(&[u8::MAX; 32], SECRET_LENGTH + 1);
        assert!(largest.starts_with('0') && !largest.starts_with("00"), "{largest}");
    }

    #[test]
    fn what_is_no_key_is_not_read() {
        let good = format!("{MARK}{}_{}", "a".repeat(8), "b".repeat(43));
        assert!(ApiSecret::parse(&good).is_some());

        let bad = [
            String::new(),
            MARK.to_owned(),
            good.replace(MARK, "key_"),
            good.to_uppercase(),
            format!("{good}b"),
            format!(" {good}"),
            good.replace('b', "é"),
            good.replace("bb", "b-"),
            good.replace("_b", "__"),
        ];
        for text in bad {
            assert!(ApiSecret::parse(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_not_printed_by_accident() {
        let secret = ApiSecret::draw().unwrap();

        let printed = format!("{secret:?} {:#?}", Some(&secret));

        assert!(printed.contains(&secret.prefix));
        assert!(!printed.contains(&secret.secret));
    }
}
