//! Tournaments and players as the user names them.

use std::{convert::Infallible, str::FromStr};

use app_service::domain::{ChargeId, PlayerId, RefundId, TournamentId};

use crate::failure::Failure;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident of $id:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            /// Which one is meant.
            pub(crate) id: $id,
            /// What the user calls it.
            pub(crate) given: String,
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(given: &str) -> Result<Self, Infallible> {
                let id = given.parse().unwrap_or_else(|_| $id::of(given));
                Ok(Self { id, given: given.to_owned() })
            }
        }

        impl $name {
            /// Turns an error about it into a failure that calls it what the user did.
            pub(crate) fn failure(&self, error: impl Into<Failure>) -> Failure {
                error.into().naming(self.id, &self.given)
            }
        }
    };
}

name!(
    /// A tournament by its key or by its id.
    TournamentName of TournamentId
);
name!(
    /// A player by the key or by the id.
    PlayerName of PlayerId
);

/// What a caller calls something of its own.
macro_rules! own_name {
    ($(#[$doc:meta])* $name:ident of $id:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            /// Which one is meant.
            pub(crate) id: $id,
        }

        impl FromStr for $name {
            type Err = Infallible;

            fn from_str(given: &str) -> Result<Self, Infallible> {
                Ok(Self { id: given.parse().unwrap_or_else(|_| $id::of(given)) })
            }
        }
    };
}

own_name!(
    /// A charge by whatever the caller calls it, or by its id.
    ChargeName of ChargeId
);
own_name!(
    /// A refund by whatever the caller calls it, or by its id.
    RefundName of RefundId
);
