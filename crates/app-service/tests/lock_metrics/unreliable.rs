//! A logbook on a connection that breaks.

use std::sync::{Arc, Mutex, PoisonError};

use app_service::{StoreError, Timestamp};
use async_trait::async_trait;
use ports::{
    TransientCause,
    spi::{LockObservation, Logbook, Recorded, RunRecord},
};
use uuid::Uuid;

/// A logbook that loses writes, one after the other: before they are written, or their answers.
pub(crate) struct Unreliable {
    inner: Arc<dyn Logbook>,
    next: Mutex<Vec<Loss>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    Write,
    Answer,
}

impl Unreliable {
    pub(crate) fn new(inner: Arc<dyn Logbook>, losses: Vec<Loss>) -> Self {
        Self { inner, next: Mutex::new(losses) }
    }

    fn loses(&self, loss: Loss) -> Result<(), StoreError> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if next.first() != Some(&loss) {
            return Ok(());
        }
        next.remove(0);
        let cause = TransientCause::ConnectionLost;
        Err(StoreError::Transient { cause, during: "a test", source: "lost".into() })
    }
}

#[async_trait]
impl Logbook for Unreliable {
    async fn insert_run(&self, run: &RunRecord) -> Result<Recorded, StoreError> {
        self.inner.insert_run(run).await
    }

    async fn list_runs(&self, limit: u32) -> Result<Vec<RunRecord>, StoreError> {
        self.inner.list_runs(limit).await
    }

    async fn delete_runs(&self, kept: u32, limit: u32) -> Result<u64, StoreError> {
        self.inner.delete_runs(kept, limit).await
    }

    async fn insert_lock_observations(
        &self,
        observations: &[LockObservation],
    ) -> Result<Vec<Recorded>, StoreError> {
        self.loses(Loss::Write)?;
        let recorded = self.inner.insert_lock_observations(observations).await;
        self.loses(Loss::Answer)?;
        recorded
    }

    async fn list_lock_observations(
        &self,
        since: Option<Timestamp>,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<LockObservation>, StoreError> {
        self.inner.list_lock_observations(since, after, limit).await
    }

    async fn delete_lock_observations(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        self.inner.delete_lock_observations(before, limit).await
    }
}
