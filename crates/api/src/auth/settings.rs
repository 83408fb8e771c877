//! Whose tokens are taken, and what they must say.

use std::{convert::Infallible, path::PathBuf, str::FromStr, time::Duration};

use jsonwebtoken::{
    Algorithm,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm},
};
use thiserror::Error;

/// Whose tokens are taken, and what they must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwtSettings {
    /// Where the issuer's public keys are.
    pub jwks: JwksSource,
    /// What `iss` must be.
    pub issuer: String,
    /// What `aud` must be, or hold one of.
    pub audience: Vec<String>,
    /// How a token may be signed.
    pub algorithms: Vec<JwtAlgorithm>,
    /// The claim that names the role, or the way to it, with a dot between the names.
    pub role_claim: String,
    /// By how much the clocks of two machines may differ.
    pub leeway: Duration,
}

/// Where a set of public keys is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JwksSource {
    /// In a file, which is read again when it may have changed.
    File(PathBuf),
    /// At a URL: of HTTPS, or on this machine.
    Url(String),
}

/// How a token may be signed. There are no others: a shared secret is none, and "none" is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JwtAlgorithm {
    /// RSA, PKCS #1 v1.5, with SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

/// Tokens are not taken that are signed like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("use RS256, ES256 or EdDSA")]
pub struct UnknownAlgorithm;

impl JwtAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 3] = [Self::Rs256, Self::Es256, Self::EdDsa];

    /// The name of RFC 7518.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// The algorithm that a header names, if it is one of ours.
    pub(super) fn named(algorithm: Algorithm) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.of_library() == algorithm)
    }

    /// The algorithm that a key is for, by its kind and by what it says of itself.
    pub(super) fn of_key(key: &Jwk) -> Option<Self> {
        let (found, name) = match &key.algorithm {
            AlgorithmParameters::RSA(_) => (Self::Rs256, KeyAlgorithm::RS256),
            AlgorithmParameters::EllipticCurve(it) if it.curve == EllipticCurve::P256 => {
                (Self::Es256, KeyAlgorithm::ES256)
            }
            AlgorithmParameters::OctetKeyPair(it) if it.curve == EllipticCurve::Ed25519 => {
                (Self::EdDsa, KeyAlgorithm::EdDSA)
            }
            _ => return None,
        };
        key.common.key_algorithm.is_none_or(|it| it == name).then_some(found)
    }

    pub(super) fn of_library(self) -> Algorithm {
        match self {
            Self::Rs256 => Algorithm::RS256,
            Self::Es256 => Algorithm::ES256,
            Self::EdDsa => Algorithm::EdDSA,
        }
    }
}

impl FromStr for JwtAlgorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        Self::ALL.into_iter().find(|it| it.as_str() == name).ok_or(UnknownAlgorithm)
    }
}

impl FromStr for JwksSource {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let is_url = text.starts_with("https://") || text.starts_with("http://");
        Ok(if is_url { Self::Url(text.to_owned()) } else { Self::File(text.into()) })
    }
}
