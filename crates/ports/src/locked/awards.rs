//! What claimed awards permit.

use domain::{Award, LockOrder, PlayerId, TournamentId};

use super::{Locked, Players};
use crate::{StoreError, spi::AwardOutcome};

/// Awards that this unit of work has claimed: nobody else can apply them until it ends.
#[derive(Debug)]
pub struct Awards {
    tournament: TournamentId,
    claimed: Vec<Award>,
}

impl Awards {
    pub(crate) fn of(tournament: TournamentId, claimed: Vec<Award>) -> Self {
        Self { tournament, claimed }
    }

    /// The claimed awards, in ascending player id.
    #[must_use]
    pub fn as_slice(&self) -> &[Award] {
        &self.claimed
    }

    /// The last player of the claim; `None` when nothing was left to claim.
    #[must_use]
    pub fn last_player(&self) -> Option<PlayerId> {
        self.claimed.last().map(|it| it.planned.player)
    }
}

impl<'uow> Locked<'uow, Awards> {
    /// Takes the next lock of the order: the awards, then their players.
    pub async fn lock_players(&self) -> Result<Locked<'uow, Players>, StoreError> {
        let order = LockOrder::of(self.row.claimed.iter().map(|it| it.planned.player));
        self.uow.select_players(&order).await
    }

    /// Records what became of every claimed award. Taking `self` ends the claim.
    pub async fn mark(self, outcomes: &[AwardOutcome]) -> Result<(), StoreError> {
        let claimed = self.row.claimed.iter().map(|it| it.planned.player);
        if !claimed.eq(outcomes.iter().map(|it| it.player)) {
            return Err(StoreError::Invalid {
                rule: "every claimed award has one outcome, in the order of the claim",
            });
        }
        self.uow.tx().update_awards(self.row.tournament, outcomes, self.uow.now()).await
    }
}
