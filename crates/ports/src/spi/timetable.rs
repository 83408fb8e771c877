//! What is to be done, and when.

use async_trait::async_trait;
use domain::TournamentId;

use super::Recorded;
use crate::{Actor, StoreError, Timestamp};

/// What is to be done, and when. It decides nothing: whoever comes too late, or twice, is stopped by
/// what guards the payment itself.
///
/// # Contract
///
/// - **TIME-1** A tournament has one appointment at most: a later call puts another in its place.
/// - **TIME-2** Removing must remove an appointment only as it was read: one that was moved
///   meanwhile stays.
/// - **TIME-3** Due appointments must come by time and then by tournament, at most `limit` behind
///   `after`; pages put together are the whole, each row once.
/// - **TIME-4** A turn is had by exactly one of those who ask for it, whenever they ask.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Timetable: Send + Sync + 'static {
    /// Makes appointments, or moves them.
    async fn put(&self, appointments: &[Appointment]) -> Result<(), StoreError>;

    /// Takes back what was read; answers how many were still so.
    async fn remove(&self, appointments: &[Appointment]) -> Result<u64, StoreError>;

    /// The appointments of these tournaments, by tournament.
    async fn find(&self, ids: &[TournamentId]) -> Result<Vec<Appointment>, StoreError>;

    /// A page of what is due at `at`.
    async fn list_due(
        &self,
        at: Timestamp,
        after: Option<(Timestamp, TournamentId)>,
        limit: u32,
    ) -> Result<Vec<Appointment>, StoreError>;

    /// Asks for a turn: [`Recorded::New`] to the one who has it.
    async fn take_turn(&self, turn: &Turn) -> Result<Recorded, StoreError>;

    /// Removes turns from before `before`, at most `limit`; answers how many.
    async fn delete_turns(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}

/// A tournament that is to be finalized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Which.
    pub tournament: TournamentId,
    /// Not before.
    pub finalize_at: Timestamp,
    /// Who made the appointment, and finalizes by it.
    pub actor: Actor,
}

/// Something that is to be done once at one time, by whichever process comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// What, as in `verify`.
    pub task: String,
    /// When it is due.
    pub due_at: Timestamp,
}
