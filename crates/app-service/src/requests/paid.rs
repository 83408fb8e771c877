//! What one call has paid so far, over all of its transactions.

use std::sync::Arc;

use ports::UnitOfWork;
use tokio::sync::{Mutex, MutexGuard};

use super::Keeping;
use crate::{GuerdonError, tally::Tally};

/// What one call has paid so far. Clones are the same count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paid(Arc<Mutex<Tally>>);

impl Paid {
    /// On top of what had been paid for the same request.
    pub(crate) fn on_top_of(before: Tally) -> Self {
        Self(Arc::new(Mutex::new(before)))
    }

    pub(crate) async fn total(&self) -> Tally {
        self.0.lock().await.clone()
    }

    /// Commits a chunk, and adds it. Where a request is carried, workers do so one after the other, so
    /// that each records what all of them have paid; elsewhere they commit side by side.
    pub(crate) async fn commit(
        &self,
        uow: UnitOfWork,
        keeping: &Keeping,
        chunk: &Tally,
    ) -> Result<(), GuerdonError> {
        if !keeping.is_keyed() {
            keeping.commit(uow, chunk).await?;
            self.0.lock().await.add(chunk.clone());
            return Ok(());
        }
        let mut total = self.caught_up(&uow, keeping).await?;
        let mut sum = total.clone();
        sum.add(chunk.clone());
        keeping.commit(uow, &sum).await?;
        *total = sum;
        Ok(())
    }

    /// The total, with what an earlier try has paid whose commit was not answered.
    pub(crate) async fn caught_up(
        &self,
        uow: &UnitOfWork,
        keeping: &Keeping,
    ) -> Result<MutexGuard<'_, Tally>, GuerdonError> {
        let mut total = self.0.lock().await;
        if let Some(known) = keeping.found(uow).await? {
            *total = known;
        }
        Ok(total)
    }
}
