//! The timetable: two tables beside those that pay.

use async_trait::async_trait;
use domain::TournamentId;
use ports::{
    StoreError, Timestamp,
    spi::{Appointment, Recorded, Timetable, Turn},
};

use crate::{
    SeaOrmStore,
    statements::{appointments, turns},
};

/// The timetable of a database. Every call is one statement, whole or not at all.
#[derive(Debug)]
pub(crate) struct SeaOrmTimetable(SeaOrmStore);

impl SeaOrmTimetable {
    pub(crate) fn of(store: SeaOrmStore) -> Self {
        Self(store)
    }
}

#[async_trait]
impl Timetable for SeaOrmTimetable {
    async fn put(&self, appointments: &[Appointment]) -> Result<(), StoreError> {
        appointments::put(&self.0.reading(), appointments).await
    }

    async fn remove(&self, appointments: &[Appointment]) -> Result<u64, StoreError> {
        appointments::remove(&self.0.reading(), appointments).await
    }

    async fn find(&self, ids: &[TournamentId]) -> Result<Vec<Appointment>, StoreError> {
        appointments::find(&self.0.reading(), ids).await
    }

    async fn list_due(
        &self,
        at: Timestamp,
        after: Option<(Timestamp, TournamentId)>,
        limit: u32,
    ) -> Result<Vec<Appointment>, StoreError> {
        appointments::list_due(&self.0.reading(), at, after, limit).await
    }

    async fn take_turn(&self, turn: &Turn) -> Result<Recorded, StoreError> {
        turns::take(&self.0.reading(), turn).await
    }

    async fn delete_turns(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        turns::delete(&self.0.reading(), before, limit).await
    }
}
