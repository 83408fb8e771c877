//! What can be done about keys of the HTTP interface.

use std::{convert::Infallible, str::FromStr, time::Duration};

use app_service::{ApiSecret, Role};
use clap::{Args, Subcommand};

const AFTER_HELP: &str = "\
A secret is shown once, when it is made: what is stored is its hash. Whoever has lost it rotates the key.";

/// Subcommands of `api-key`.
#[derive(Debug, Subcommand)]
pub(crate) enum ApiKey {
    /// Give out a key, and show its secret once
    Create(CreateKey),
    /// List the keys, and whether they count
    List,
    /// Take a key back, at once and for good
    Revoke {
        /// Prefix of the key, as `list` shows it
        key: KeyPrefix,
    },
    /// Give a key another secret; the one that it has counts for a while beside it
    Rotate(RotateKey),
}

/// Arguments of `api-key create`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CreateKey {
    /// What it is for
    pub(crate) name: String,

    /// What its holder may do: viewer, operator, approver or admin
    #[arg(long)]
    pub(crate) role: Role,

    /// After how long it is worthless by itself; by default never
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub(crate) expires_in: Option<Duration>,
}

/// Arguments of `api-key rotate`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct RotateKey {
    /// Prefix of the key, as `list` shows it
    pub(crate) key: KeyPrefix,

    /// How long the secret that it has counts beside the new one; 0s for no longer
    #[arg(
        long,
        value_name = "DURATION",
        default_value = "24h",
        value_parser = humantime::parse_duration
    )]
    pub(crate) grace: Duration,
}

/// A key as the user names it: by its prefix, with the mark before it or without. Of a whole key
/// nothing but the prefix is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyPrefix(pub(crate) String);

impl FromStr for KeyPrefix {
    type Err = Infallible;

    fn from_str(given: &str) -> Result<Self, Infallible> {
        if let Some(secret) = ApiSecret::parse(given) {
            return Ok(Self(secret.prefix().to_owned()));
        }
        Ok(Self(given.strip_prefix("grd_").unwrap_or(given).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_by_its_prefix_in_whatever_form() {
        let whole = format!("grd_AbCdEfGh_{}", "x".repeat(43));

        for given in ["AbCdEfGh", "grd_AbCdEfGh", &whole] {
            assert_eq!(given.parse(), Ok(KeyPrefix("AbCdEfGh".to_owned())));
        }
    }
}
