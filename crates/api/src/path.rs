//! Ids in paths: a UUID, or the natural key of which it is made.

use app_service::domain::{PlayerId, TournamentId};

/// The tournament that `name` means.
pub(crate) fn tournament(name: &str) -> TournamentId {
    name.parse().unwrap_or_else(|_| TournamentId::of(name))
}

/// The player that `name` means.
pub(crate) fn player(name: &str) -> PlayerId {
    name.parse().unwrap_or_else(|_| PlayerId::of(name))
}
