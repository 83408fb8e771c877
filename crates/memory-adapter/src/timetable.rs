//! What is to be done, and when: beside the rows, as the logbook is.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use domain::TournamentId;
use ports::{
    StoreError, Timestamp,
    spi::{Appointment, Recorded, Timetable, Turn},
};

/// A timetable in memory. Clones are the same timetable.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryTimetable(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    appointments: BTreeMap<TournamentId, Appointment>,
    turns: BTreeSet<(Timestamp, String)>,
}

impl MemoryTimetable {
    fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Timetable for MemoryTimetable {
    async fn put(&self, appointments: &[Appointment]) -> Result<(), StoreError> {
        let mut pages = self.open();
        pages.appointments.extend(appointments.iter().map(|it| (it.tournament, it.clone())));
        Ok(())
    }

    async fn remove(&self, appointments: &[Appointment]) -> Result<u64, StoreError> {
        let kept = &mut self.open().appointments;
        let is_as_read = |kept: &BTreeMap<_, Appointment>, it: &Appointment| {
            kept.get(&it.tournament).is_some_and(|kept| kept.finalize_at == it.finalize_at)
        };
        let mut removed = 0;
        for it in appointments {
            if is_as_read(kept, it) {
                kept.remove(&it.tournament);
                removed += 1;
            }
        }
        Ok(removed)
    }

    async fn find(&self, ids: &[TournamentId]) -> Result<Vec<Appointment>, StoreError> {
        let pages = self.open();
        let ids: BTreeSet<_> = ids.iter().collect();
        Ok(ids.into_iter().filter_map(|it| pages.appointments.get(it)).cloned().collect())
    }

    async fn list_due(
        &self,
        at: Timestamp,
        after: Option<(Timestamp, TournamentId)>,
        limit: u32,
    ) -> Result<Vec<Appointment>, StoreError> {
        let pages = self.open();
        let by_time: BTreeMap<_, _> =
            pages.appointments.values().map(|it| ((it.finalize_at, it.tournament), it)).collect();
        let behind = after.map_or(Bound::Unbounded, Bound::Excluded);
        let due = by_time.range((behind, Bound::Unbounded)).map(|it| *it.1);
        let due = due.take_while(|it| it.finalize_at <= at);
        Ok(due.take(limit as usize).cloned().collect())
    }

    async fn take_turn(&self, turn: &Turn) -> Result<Recorded, StoreError> {
        let is_new = self.open().turns.insert((turn.due_at, turn.task.clone()));
        Ok(if is_new { Recorded::New } else { Recorded::Replayed })
    }

    async fn delete_turns(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let turns = &mut self.open().turns;
        let mut removed = 0;
        while removed < u64::from(limit) && turns.first().is_some_and(|it| it.0 < before) {
            turns.pop_first();
            removed += 1;
        }
        Ok(removed)
    }
}
