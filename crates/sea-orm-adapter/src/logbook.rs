//! The logbook: two tables beside those that pay.

use async_trait::async_trait;
use ports::{
    StoreError, Timestamp,
    spi::{LockObservation, Logbook, Recorded, RunRecord},
};
use uuid::Uuid;

use crate::{
    SeaOrmStore,
    statements::{lock_observations, verification_runs},
};

/// The logbook of a database. Every call is one statement, whole or not at all.
#[derive(Debug)]
pub(crate) struct SeaOrmLogbook(SeaOrmStore);

impl SeaOrmLogbook {
    pub(crate) fn of(store: SeaOrmStore) -> Self {
        Self(store)
    }
}

#[async_trait]
impl Logbook for SeaOrmLogbook {
    async fn insert_run(&self, run: &RunRecord) -> Result<Recorded, StoreError> {
        verification_runs::insert(&self.0.reading(), run).await
    }

    async fn list_runs(&self, limit: u32) -> Result<Vec<RunRecord>, StoreError> {
        verification_runs::list(&self.0.reading(), limit).await
    }

    async fn delete_runs(&self, kept: u32, limit: u32) -> Result<u64, StoreError> {
        verification_runs::delete(&self.0.reading(), kept, limit).await
    }

    async fn insert_lock_observations(
        &self,
        observations: &[LockObservation],
    ) -> Result<Vec<Recorded>, StoreError> {
        lock_observations::insert(&self.0.reading(), observations).await
    }

    async fn list_lock_observations(
        &self,
        since: Option<Timestamp>,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<LockObservation>, StoreError> {
        lock_observations::list(&self.0.reading(), since, after, limit).await
    }

    async fn delete_lock_observations(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        lock_observations::delete(&self.0.reading(), before, limit).await
    }
}
