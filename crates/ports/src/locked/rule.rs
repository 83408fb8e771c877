//! What a locked standing rule permits.

use std::collections::BTreeSet;

use domain::{LockOrder, PlayerId, Review, StandingRule};

use super::{Locked, Players};
use crate::{StoreError, spi::RuleAdvance};

/// The next players of a standing rule, in ascending id, and whether they are the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerPage {
    /// Who.
    pub players: LockOrder<PlayerId>,
    /// Whether nobody comes behind them.
    pub is_last: bool,
}

impl<'uow> Locked<'uow, StandingRule> {
    /// The next players behind the cursor, at most `limit`.
    pub async fn next_players(&self, limit: u32) -> Result<PlayerPage, StoreError> {
        let ids = self.uow.tx().select_next_players(self.row.cursor, limit).await?;
        let is_last = ids.len() < limit as usize;
        Ok(PlayerPage { players: LockOrder::of(ids), is_last })
    }

    /// Takes the next lock of the order: the rule, then its players.
    pub async fn lock_players(
        &self,
        page: &PlayerPage,
    ) -> Result<Locked<'uow, Players>, StoreError> {
        self.uow.select_players(&page.players).await
    }

    /// Moves the rule behind `page`. Taking `self` ends the page: a unit of work has one.
    pub async fn advance(
        self,
        page: &PlayerPage,
        reviews: Vec<Review>,
        badges: u64,
    ) -> Result<(), StoreError> {
        let of_the_page: BTreeSet<_> = page.players.as_slice().iter().collect();
        if !reviews.iter().all(|it| of_the_page.contains(&it.player)) {
            return Err(StoreError::Invalid { rule: "only players of the page are reviewed" });
        }
        let advance = RuleAdvance {
            id: self.row.id,
            reviews,
            cursor: page.players.as_slice().last().copied(),
            badges,
            finished: page.is_last,
        };
        self.uow.tx().update_standing_rule(&advance, self.uow.now()).await
    }
}
