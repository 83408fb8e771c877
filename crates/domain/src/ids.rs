//! Identifiers. One newtype per noun, so that no call can swap two ids.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::SkillName;

/// The namespace of every name-based id; changing it would orphan all that was ever imported.
const NAMESPACE: Uuid = Uuid::from_u128(0x6775_6572_646f_6e00_8000_0000_0000_0001);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id of a natural identity: equal keys make equal ids on every machine, for ever,
            /// so that an import can be repeated (UUID version 5).
            #[must_use]
            pub fn of(natural_key: &str) -> Self {
                let name = format!(concat!($kind, "/{}"), natural_key);
                Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
            }

            /// An id that was made before.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The id as stored.
            #[must_use]
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// Identifies a player: whoever is paid. A team that plays as one is a player, too.
    PlayerId,
    "player"
);
id!(
    /// Identifies a [`Tournament`](crate::Tournament).
    TournamentId,
    "tournament"
);
id!(
    /// Identifies one coach's [assessment](crate::Assessment); made once, before the first try.
    AssessmentId,
    "assessment"
);
id!(
    /// Identifies what a player is charged, at once or after a hold; made by whoever charges, once,
    /// before the first try.
    ChargeId,
    "charge"
);
id!(
    /// Identifies one refund of a charge; made once, before the first try.
    RefundId,
    "refund"
);
id!(
    /// Identifies a [standing rule](crate::StandingRule).
    RuleId,
    "rule"
);
id!(
    /// Identifies a request that happens once, however often it is sent.
    RequestId,
    "request"
);

impl AssessmentId {
    /// The id of what `assessor` says about one `skill` of a player on one `occasion`: whoever says
    /// it again says nothing new. Both are texts of one line.
    #[must_use]
    pub fn on(occasion: &str, assessor: &str, skill: &SkillName) -> Self {
        // No text of one line contains what parts them.
        Self::of(&[occasion, assessor, skill.as_str()].join("\n"))
    }
}

impl RequestId {
    /// The id of what a caller asks for under a `key` of its own; the same key means something else in
    /// every `scope`.
    #[must_use]
    pub fn within(scope: &str, key: &str) -> Self {
        // The length parts them, whatever they hold.
        Self::of(&format!("{}/{scope}/{key}", scope.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_natural_keys_make_equal_ids_and_kinds_never_meet() {
        assert_eq!(PlayerId::of("nino-farina"), PlayerId::of("nino-farina"));
        assert_ne!(PlayerId::of("nino-farina"), PlayerId::of("luigi-fagioli"));
        assert_ne!(PlayerId::of("x").as_uuid(), TournamentId::of("x").as_uuid());
    }

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = TournamentId::of("1950-01-great-britain");

        assert_eq!(id.to_string().parse(), Ok(id));
    }
}
