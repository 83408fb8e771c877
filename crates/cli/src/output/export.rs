//! The name of an export.

use app_service::domain::Hash256;
use serde::Serialize;

use super::{Style, View, style::count};

/// Names an export: everybody has the same where the digests are the same.
#[derive(Debug, Serialize)]
pub(crate) struct Digest {
    pub(crate) players: u64,
    pub(crate) digest: Hash256,
}

impl View for Digest {
    fn text(&self, _style: Style) -> String {
        format!("{}  {}\n", self.digest, count(self.players, "player", "players"))
    }
}
