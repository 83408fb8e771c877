//! Where a system writes down what it saw of itself.

use async_trait::async_trait;
use uuid::Uuid;

use super::Recorded;
use crate::{StoreError, Timestamp};

/// Where a system writes down what it saw of itself: verifications, and the times of its locks.
///
/// Nothing in it can pay anybody, and nothing that pays reads it. Documents are JSON, made and
/// understood by the application; a logbook keeps them as they are.
///
/// # Contract
///
/// - **LOG-1** A run whose id is known must be [`Recorded::Replayed`] and stay as it is, and an
///   observation likewise: whoever does not know whether a batch arrived sends it again.
/// - **LOG-2** Runs must be listed newest first, by when they began and then by id, at most `limit`.
/// - **LOG-3** Observations must be listed in ascending id, at most `limit` behind `after`, without
///   those that were observed before `since`; pages put together are the whole, each row once.
/// - **LOG-4** Cleaning up must remove at most `limit` rows, and none but those that are old: what
///   was observed before the moment given, and the runs behind the newest `kept`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Logbook: Send + Sync + 'static {
    /// Writes down a verification.
    async fn insert_run(&self, run: &RunRecord) -> Result<Recorded, StoreError>;

    /// The newest verifications.
    async fn list_runs(&self, limit: u32) -> Result<Vec<RunRecord>, StoreError>;

    /// Removes old verifications; answers how many.
    async fn delete_runs(&self, kept: u32, limit: u32) -> Result<u64, StoreError>;

    /// Writes down what was seen of locks; answers in the order of `observations`.
    async fn insert_lock_observations(
        &self,
        observations: &[LockObservation],
    ) -> Result<Vec<Recorded>, StoreError>;

    /// A page of what was seen of locks.
    async fn list_lock_observations(
        &self,
        since: Option<Timestamp>,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<LockObservation>, StoreError>;

    /// Removes what was seen of locks before `before`; answers how many.
    async fn delete_lock_observations(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError>;
}

/// One verification, as written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// Names it.
    pub id: Uuid,
    /// When it began.
    pub started_at: Timestamp,
    /// `held`, `unchecked` or `violated`.
    pub outcome: String,
    /// All of it, as JSON.
    pub report: String,
}

/// What one process saw of its locks in some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockObservation {
    /// Names it.
    pub id: Uuid,
    /// When that time ended.
    pub observed_at: Timestamp,
    /// What was seen, as JSON.
    pub document: String,
}
