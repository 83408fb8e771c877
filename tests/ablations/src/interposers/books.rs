//! A tournament's status and awards, written without looking.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{AwardState, Tournament, TournamentId, TournamentStatus};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{AwardOutcome, Store, TournamentChange, TournamentEvent, Transaction},
};

/// Shows whoever locks a tournament the status that it had before it was frozen.
pub(crate) struct NoStatusGate;

#[async_trait]
impl Interposer for NoStatusGate {
    async fn select_tournament_for_update(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        let mut found = tx.select_tournament_for_update(id).await?;
        if let Some(frozen) = found.as_mut().filter(|it| it.status.is_frozen()) {
            frozen.status = TournamentStatus::InProgress;
        }
        Ok(found)
    }
}

/// Marks awards whatever their state.
pub(crate) struct AppliesAgain(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for AppliesAgain {
    async fn update_awards(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        outcomes: &[AwardOutcome],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut rest = Vec::new();
        for outcome in outcomes {
            let award = self.0.find_award(id, outcome.player).await?;
            // One that is applied is applied again: that changes nothing.
            if award.is_none_or(|it| it.award.state != AwardState::Applied) {
                rest.push(outcome.clone());
            }
        }
        tx.update_awards(id, &rest, at).await
    }
}

/// Closes the books whoever is still owed something.
pub(crate) struct ClosesAnyway;

#[async_trait]
impl Interposer for ClosesAnyway {
    async fn update_tournament(
        &self,
        tx: &dyn Transaction,
        change: &TournamentChange,
    ) -> Result<bool, StoreError> {
        if tx.update_tournament(change).await? {
            return Ok(true);
        }
        // Whatever is no closing is not asked for what is owed.
        let unasked = TournamentChange { event: TournamentEvent::Archived, ..change.clone() };
        tx.update_tournament(&unasked).await
    }
}

/// Numbers a change by what is stored, not by what its maker has seen.
pub(crate) struct NumbersAnew(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for NumbersAnew {
    async fn update_tournament(
        &self,
        tx: &dyn Transaction,
        change: &TournamentChange,
    ) -> Result<bool, StoreError> {
        let stored = self.0.find_tournaments(&[change.tournament]).await?;
        let next = stored.first().map_or(1, |it| it.change_seq + 1);
        let change = TournamentChange { seq: change.seq.max(next), ..change.clone() };
        tx.update_tournament(&change).await
    }
}
