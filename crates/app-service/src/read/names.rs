//! What players are called, for rows that name them.

use std::collections::BTreeMap;

use domain::PlayerId;
use ports::StoreError;

use crate::Guerdon;

/// Key and name of each of some players.
pub(super) struct Names(BTreeMap<PlayerId, (String, String)>);

impl Guerdon {
    /// What these players are called.
    pub(super) async fn names_of(&self, players: &[PlayerId]) -> Result<Names, StoreError> {
        let found = self.store().find_players(players).await?;
        Ok(Names(found.into_iter().map(|it| (it.id, (it.key, it.name))).collect()))
    }
}

impl Names {
    /// Key and name of a player; the id for both where nobody is registered under it.
    pub(super) fn of(&self, id: PlayerId) -> (String, String) {
        self.0.get(&id).cloned().unwrap_or_else(|| (id.to_string(), id.to_string()))
    }
}
