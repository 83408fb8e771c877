//! Hears of every lock of this process, and keeps what it heard until that is written down.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ports::{Observer, Retry, TakenLock, Timestamp};
use uuid::Uuid;

use super::tally::LockTally;
use crate::row_id::row_id;

/// Counts the locks of this process, behind a mutex: nobody writes to a database, or turns anything
/// into text, while holding it. One lock costs two records of half a microsecond, also with eight
/// threads at once.
///
/// **Invariant:** what is counted is in one place: here under an id, or under that id in the logbook,
/// or for a moment in both. So whoever adds up skips the ids that it has seen.
#[derive(Debug, Default)]
pub(crate) struct LockRecorder(Mutex<Recording>);

#[derive(Debug, Default)]
struct Recording {
    /// Names what is being counted; given when somebody first wants to know.
    id: Option<Uuid>,
    tally: LockTally,
    /// Counted, closed, and not known to be written down. While there is one, no other is closed: a
    /// logbook that is not to be had costs no memory.
    sealed: Option<Arc<Sealed>>,
}

/// What was counted until some moment.
#[derive(Debug, Clone)]
pub(super) struct Sealed {
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    pub(super) tally: LockTally,
}

impl LockRecorder {
    /// What was closed before and is not known to be written down.
    pub(super) fn unsent(&self) -> Option<Arc<Sealed>> {
        self.recording().sealed.clone()
    }

    /// Closes what was counted so far, unless that is nothing.
    pub(super) fn seal(&self, now: Timestamp) -> Option<Arc<Sealed>> {
        let mut recording = self.recording();
        if recording.sealed.is_none() && !recording.tally.is_empty() {
            let id = recording.id.take().unwrap_or_else(|| row_id(now));
            let tally = std::mem::take(&mut recording.tally);
            recording.sealed = Some(Arc::new(Sealed { id, at: now, tally }));
        }
        recording.sealed.clone()
    }

    /// Forgets what has been written down.
    pub(super) fn sent(&self, id: Uuid) {
        let mut recording = self.recording();
        recording.sealed = recording.sealed.take().filter(|it| it.id != id);
    }

    /// All that is still here, and goes on being counted.
    pub(super) fn so_far(&self, now: Timestamp) -> Vec<Arc<Sealed>> {
        let mut recording = self.recording();
        let id = *recording.id.get_or_insert_with(|| row_id(now));
        let current = Sealed { id, at: now, tally: recording.tally.clone() };
        recording.sealed.iter().cloned().chain([Arc::new(current)]).collect()
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for LockRecorder {
    fn had(&self, lock: TakenLock, wait: Duration) {
        self.recording().tally.had(lock, wait);
    }

    fn gave_up(&self, lock: TakenLock, wait: Duration) {
        self.recording().tally.had(lock, wait);
    }

    fn let_go(&self, lock: TakenLock, hold: Duration) {
        self.recording().tally.let_go(lock, hold);
    }

    fn run_again(&self, caller: &'static str, why: Retry) {
        self.recording().tally.run_again(caller, why);
    }

    fn deadlocked(&self, _caller: &'static str) {
        self.recording().tally.deadlocked();
    }
}
