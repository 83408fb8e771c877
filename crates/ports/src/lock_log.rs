//! How long locks were waited for and held.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{
    Clock,
    observer::{LockKind, Observers, TakenLock},
};

/// The locks of one unit of work. Dropping it lets them go, however the unit of work ended.
pub(crate) struct LockLog {
    caller: &'static str,
    clock: Arc<dyn Clock>,
    observers: Observers,
    held: Mutex<Vec<HeldLock>>,
}

#[derive(Clone, Copy)]
struct HeldLock {
    lock: TakenLock,
    since: Duration,
}

impl LockLog {
    pub(crate) fn of(caller: &'static str, clock: Arc<dyn Clock>, observers: Observers) -> Self {
        Self { caller, clock, observers, held: Mutex::default() }
    }

    /// Waits for a lock and notes how long that took, and how many `rows` it has. The longest waits
    /// are those that end in a timeout, so they count as well.
    pub(crate) async fn timed<T, E>(
        &self,
        kind: LockKind,
        lock: impl Future<Output = Result<T, E>>,
        rows: impl FnOnce(&T) -> usize,
    ) -> Result<T, E> {
        let asked = self.clock.monotonic();
        let answer = lock.await;
        let had = answer.is_ok();
        let rows = answer.as_ref().map_or(0, rows);
        self.waited(TakenLock { kind, caller: self.caller, rows }, asked, had);
        answer
    }

    /// The wait since `asked` is over, and the lock is `had` or not.
    fn waited(&self, lock: TakenLock, asked: Duration, had: bool) {
        let since = self.clock.monotonic();
        let wait = since.saturating_sub(asked);
        let (TakenLock { kind, caller, rows }, ended) = (lock, if had { "had" } else { "not had" });
        tracing::debug!(
            target: "guerdon::lock",
            lock = %kind, caller, rows, wait_us = micros(wait), "lock {ended}"
        );
        if !had {
            return self.observers.gave_up(lock, wait);
        }
        self.observers.had(lock, wait);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.push(HeldLock { lock, since });
    }
}

impl Drop for LockLog {
    fn drop(&mut self) {
        let locks = self.held.get_mut().unwrap_or_else(PoisonError::into_inner);
        if locks.is_empty() {
            return;
        }
        let now = self.clock.monotonic();
        for HeldLock { lock, since } in locks.drain(..) {
            let hold = now.saturating_sub(since);
            let TakenLock { kind, caller, rows } = lock;
            tracing::debug!(
                target: "guerdon::lock",
                lock = %kind, caller, rows, hold_us = micros(hold), "lock let go"
            );
            self.observers.let_go(lock, hold);
        }
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
