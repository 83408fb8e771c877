//! Registers who takes part, a page at a time.

use std::collections::HashSet;

use app_service::{
    Guerdon, GuerdonError, StoreError,
    domain::{NewPlayer, PlayerId},
};

/// Players registered in one call.
const PAGE: usize = 1_000;

/// Players who are remembered. The same ones come again and again in a season; of a field of millions
/// nobody does, and registering somebody again changes nothing.
const REMEMBERED: usize = 100_000;

/// Remembers whom it has registered, as far as that is bounded.
#[derive(Debug, Default)]
pub(super) struct Registry {
    registered: HashSet<PlayerId>,
}

impl Registry {
    /// Registers whoever of `players` is not known to be.
    pub(super) async fn register(
        &mut self,
        guerdon: &Guerdon,
        players: impl Iterator<Item = Result<NewPlayer, StoreError>>,
    ) -> Result<(), GuerdonError> {
        let mut page = Vec::with_capacity(PAGE);
        for player in players {
            let player = player?;
            if !self.registered.contains(&player.id) {
                page.push(player);
            }
            if page.len() == PAGE {
                self.register_page(guerdon, &page).await?;
                page.clear();
            }
        }
        self.register_page(guerdon, &page).await
    }

    async fn register_page(
        &mut self,
        guerdon: &Guerdon,
        page: &[NewPlayer],
    ) -> Result<(), GuerdonError> {
        guerdon.register_players(page).await?;
        if self.registered.len() + page.len() > REMEMBERED {
            self.registered.clear();
        }
        self.registered.extend(page.iter().map(|it| it.id));
        Ok(())
    }
}
