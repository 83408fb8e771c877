//! Whether something was new, as it is written down: `true` for what was there.

use ports::spi::Recorded;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A [`Recorded`] as what a request has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Told(#[serde(with = "crate::requests::recorded")] pub(crate) Recorded);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn serialize<S: Serializer>(recorded: &Recorded, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bool(*recorded == Recorded::Replayed)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Recorded, D::Error> {
    let replayed = bool::deserialize(from)?;
    Ok(if replayed { Recorded::Replayed } else { Recorded::New })
}
