//! Where and how a process is killed, and the interposers that do it.

use std::{
    fmt,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use interposed::{Call, Interposer};
use ports::{StoreError, spi::Transaction};

/// What happens at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The process is gone before the step is sent.
    KilledBefore,
    /// The process is gone once the store has done the step. What it did may stay in the open
    /// transaction; a commit has happened, and nobody has heard.
    KilledAfter,
    /// The commit gets lost on its way and does not happen. The process lives, and hears nothing.
    CommitLost,
    /// The commit happens and its answer gets lost. The process lives, and hears nothing.
    CommitUnanswered,
}

/// One step of a run, and what happens there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrashPoint {
    /// Number of the step in the run, from 1.
    pub step: usize,
    /// The call on a port.
    pub call: &'static str,
    /// What happens.
    pub way: Way,
}

/// Ends a process at one point of its run. Until then, and without a point, it only counts.
#[derive(Debug, Default)]
pub(crate) struct Crash {
    point: Option<CrashPoint>,
    calls: Mutex<Vec<&'static str>>,
    dead: AtomicBool,
    happened: AtomicBool,
}

impl Way {
    /// What can happen at a call of this name.
    pub(crate) fn at(call: &str) -> &'static [Self] {
        use Way::{CommitLost, CommitUnanswered, KilledAfter, KilledBefore};
        match call {
            "commit" => &[KilledBefore, KilledAfter, CommitLost, CommitUnanswered],
            _ => &[KilledBefore, KilledAfter],
        }
    }

    /// Whether the process lives on.
    pub(crate) fn is_survived(self) -> bool {
        matches!(self, Self::CommitLost | Self::CommitUnanswered)
    }
}

impl Crash {
    pub(crate) fn at(point: Option<CrashPoint>) -> Self {
        Self { point, ..Self::default() }
    }

    /// The steps so far.
    pub(crate) fn calls(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it has happened, at the call that it was to happen at.
    pub(crate) fn has_happened(&self) -> bool {
        self.happened.load(Ordering::Relaxed)
    }

    /// Whether this happens now, at the last step that was begun. A caller takes one step at a time.
    fn is_due(&self, way: Way) -> bool {
        let is_due = self.point.as_ref().is_some_and(|point| {
            let calls = self.calls();
            point.way == way && point.step == calls.len() && calls.last() == Some(&point.call)
        });
        self.happened.fetch_or(is_due, Ordering::Relaxed);
        is_due
    }

    /// From now on nothing reaches the store, and nothing comes back from it.
    fn die(&self) -> StoreError {
        self.dead.store(true, Ordering::Relaxed);
        killed()
    }

    fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Interposer for Crash {
    async fn before(&self, call: &Call) -> Result<(), StoreError> {
        if self.is_dead() {
            return Err(self.die());
        }
        self.calls().push(call.name);
        if self.is_due(Way::KilledBefore) { Err(self.die()) } else { Ok(()) }
    }

    async fn after(&self, _: &Call, _: &str) -> Result<(), StoreError> {
        if self.is_due(Way::KilledAfter) { Err(self.die()) } else { Ok(()) }
    }

    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        if self.is_due(Way::CommitLost) {
            tx.rollback().await?;
            return Err(unanswered());
        }
        tx.commit().await?;
        if self.is_due(Way::CommitUnanswered) { Err(unanswered()) } else { Ok(()) }
    }
}

/// Ends a process with its first commit.
#[derive(Debug, Default)]
pub(crate) struct DiesOfItsCommit(AtomicBool);

#[async_trait]
impl Interposer for DiesOfItsCommit {
    async fn before(&self, _: &Call) -> Result<(), StoreError> {
        if self.0.load(Ordering::Relaxed) { Err(killed()) } else { Ok(()) }
    }

    async fn after(&self, call: &Call, _: &str) -> Result<(), StoreError> {
        self.0.fetch_or(call.is_commit(), Ordering::Relaxed);
        Ok(())
    }
}

/// What a dead process gets of each call.
fn killed() -> StoreError {
    StoreError::Unusable { during: "a crash", source: "the process was killed".into() }
}

fn unanswered() -> StoreError {
    StoreError::CommitUnknown { source: "the connection is gone".into() }
}

impl fmt::Display for CrashPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, call, way } = self;
        match way {
            Way::KilledBefore => write!(f, "killed before step {step}, {call}"),
            Way::KilledAfter => write!(f, "killed after step {step}, {call}"),
            Way::CommitLost => write!(f, "step {step}, {call}, was lost on its way"),
            Way::CommitUnanswered => write!(f, "step {step}, {call}, was not answered"),
        }
    }
}
