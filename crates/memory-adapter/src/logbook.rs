//! What the system saw of itself, beside the rows: no lock protects it and no state is made of it.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use ports::{
    StoreError, Timestamp,
    spi::{LockObservation, Logbook, Recorded, RunRecord},
};
use uuid::Uuid;

/// A logbook in memory. Clones are the same logbook.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryLogbook(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    /// In the order in which they began.
    runs: BTreeMap<(Timestamp, Uuid), RunRecord>,
    observations: BTreeMap<Uuid, LockObservation>,
}

impl MemoryLogbook {
    fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Logbook for MemoryLogbook {
    async fn insert_run(&self, run: &RunRecord) -> Result<Recorded, StoreError> {
        let mut pages = self.open();
        if pages.runs.keys().any(|(_, id)| *id == run.id) {
            return Ok(Recorded::Replayed);
        }
        pages.runs.insert((run.started_at, run.id), run.clone());
        Ok(Recorded::New)
    }

    async fn list_runs(&self, limit: u32) -> Result<Vec<RunRecord>, StoreError> {
        Ok(self.open().runs.values().rev().take(limit as usize).cloned().collect())
    }

    async fn delete_runs(&self, kept: u32, limit: u32) -> Result<u64, StoreError> {
        let runs = &mut self.open().runs;
        let surplus = runs.len().saturating_sub(kept as usize);
        let removed = surplus.min(limit as usize);
        for _ in 0..removed {
            runs.pop_first();
        }
        Ok(removed as u64)
    }

    async fn insert_lock_observations(
        &self,
        observations: &[LockObservation],
    ) -> Result<Vec<Recorded>, StoreError> {
        let known = &mut self.open().observations;
        let record = |it: &LockObservation| match known.entry(it.id) {
            Entry::Occupied(_) => Recorded::Replayed,
            Entry::Vacant(entry) => {
                entry.insert(it.clone());
                Recorded::New
            }
        };
        Ok(observations.iter().map(record).collect())
    }

    async fn list_lock_observations(
        &self,
        since: Option<Timestamp>,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<LockObservation>, StoreError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let pages = self.open();
        let behind = pages.observations.range((from, Bound::Unbounded)).map(|it| it.1);
        let wanted = behind.filter(|it| since.is_none_or(|since| it.observed_at >= since));
        Ok(wanted.take(limit as usize).cloned().collect())
    }

    async fn delete_lock_observations(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let observations = &mut self.open().observations;
        let old = observations.values().filter(|it| it.observed_at < before);
        let old: Vec<Uuid> = old.take(limit as usize).map(|it| it.id).collect();
        for id in &old {
            observations.remove(id);
        }
        Ok(old.len() as u64)
    }
}
