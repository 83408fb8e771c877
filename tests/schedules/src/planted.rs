//! Faults that can be planted by name, to see that the search finds them and shows them again.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{LockOrder, PlayerId};
use interposed::{InterposedStore, Interposer};
use ports::{
    StoreError,
    spi::{LockedPlayer, Store, Transaction},
};

/// A fault that can be planted by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// Players are read, and not locked.
    UnlockedPlayers,
}

impl Planted {
    /// Every fault.
    pub const ALL: [Self; 1] = [Self::UnlockedPlayers];

    /// The fault of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.to_string() == name)
    }

    /// `store` with the fault in it.
    #[must_use]
    pub fn plant(self, store: Arc<dyn Store>) -> Arc<dyn Store> {
        let by: Arc<dyn Interposer> = match self {
            Self::UnlockedPlayers => Arc::new(UnlockedPlayers(Arc::clone(&store))),
        };
        InterposedStore::new(store, by).shared()
    }
}

struct UnlockedPlayers(Arc<dyn Store>);

#[async_trait]
impl Interposer for UnlockedPlayers {
    async fn select_players_for_update(
        &self,
        _tx: &dyn Transaction,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        let found = self.0.find_players(players.as_slice()).await?;
        Ok(found.into_iter().map(|it| LockedPlayer { id: it.id, state: it.state }).collect())
    }
}

impl fmt::Display for Planted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnlockedPlayers => "unlocked-players",
        })
    }
}
