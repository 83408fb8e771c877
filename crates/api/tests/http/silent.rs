//! A logbook that never answers.

use std::future::pending;

use app_service::{Recorded, StoreError, Timestamp};
use async_trait::async_trait;
use ports::spi::{LockObservation, Logbook, RunRecord};
use uuid::Uuid;

/// A logbook that never answers.
pub(crate) struct Silent;

#[async_trait]
impl Logbook for Silent {
    async fn insert_run(&self, _: &RunRecord) -> Result<Recorded, StoreError> {
        pending().await
    }

    async fn list_runs(&self, _: u32) -> Result<Vec<RunRecord>, StoreError> {
        pending().await
    }

    async fn delete_runs(&self, _: u32, _: u32) -> Result<u64, StoreError> {
        pending().await
    }

    async fn insert_lock_observations(
        &self,
        _: &[LockObservation],
    ) -> Result<Vec<Recorded>, StoreError> {
        pending().await
    }

    async fn list_lock_observations(
        &self,
        _: Option<Timestamp>,
        _: Option<Uuid>,
        _: u32,
    ) -> Result<Vec<LockObservation>, StoreError> {
        pending().await
    }

    async fn delete_lock_observations(&self, _: Timestamp, _: u32) -> Result<u64, StoreError> {
        pending().await
    }
}
