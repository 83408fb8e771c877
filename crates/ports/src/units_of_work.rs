//! Where units of work come from, and how often one is tried.

use std::{fmt, sync::Arc, time::Duration};

use tracing::Instrument;

use crate::{
    Clock, Observer, Retry, Retryable, StoreError, SystemClock, TransientCause, UnitOfWork,
    lock_log::LockLog,
    observer::{LockKind, Observers},
    patient_store::PatientStore,
    spi::Store,
};

/// Who takes the locks of a unit of work that nobody named.
const BY_HAND: &str = "by hand";

/// Where units of work come from. Cheap to clone.
#[derive(Clone)]
pub struct UnitsOfWork {
    store: Arc<dyn Store>,
    /// The same store, for reading.
    reads: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    retries: RetryPolicy,
    observers: Observers,
}

/// How often a unit of work is tried, and how long to wait in between.
///
/// The wait before try n is `delay_min` · 2ⁿ⁻², at most `delay_max`, times a random factor from 0.5
/// to 1.5, so that those who lost one race together do not run the next one together, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries in all; at least one is made.
    pub attempts_max: u32,
    /// Before the second try.
    pub delay_min: Duration,
    /// Before any try.
    pub delay_max: Duration,
}

impl UnitsOfWork {
    /// Units of work in `store`, on the clock of this machine, with the usual retries.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let retries = RetryPolicy::default();
        Self {
            reads: PatientStore::shared(&store, retries),
            store,
            clock: SystemClock::shared(),
            retries,
            observers: Observers::default(),
        }
    }

    /// The same on another clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The same with other retries.
    #[must_use]
    pub fn with_retries(self, retries: RetryPolicy) -> Self {
        Self { reads: PatientStore::shared(&self.store, retries), retries, ..self }
    }

    /// The same, watched by `observer`, too.
    #[must_use]
    pub fn with_observer(self, observer: Arc<dyn Observer>) -> Self {
        Self { observers: self.observers.and(observer), ..self }
    }

    /// The clock that its units of work go by.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The store, for reading outside a unit of work. A read that loses a race is tried again.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        self.reads.as_ref()
    }

    /// Begins one unit of work, to be ended by the caller. Whoever may be cancelled uses
    /// [`run`](Self::run).
    pub async fn begin(&self) -> Result<UnitOfWork, StoreError> {
        self.begin_as(BY_HAND).await
    }

    /// Begins one unit of work whose locks are counted as those of `caller`. A deadlock is told to
    /// nobody but whoever asked for the lock.
    pub async fn begin_as(&self, caller: &'static str) -> Result<UnitOfWork, StoreError> {
        let locks = LockLog::of(caller, Arc::clone(&self.clock), self.observers.clone());
        let tx = locks.timed(LockKind::Transaction, self.store.begin(), |_| 0).await?;
        Ok(UnitOfWork::begun(tx, Arc::clone(&self.clock), locks))
    }

    /// Runs `body` in a fresh unit of work, again from the start while it loses races.
    ///
    /// `body` commits; it may run several times, so whatever it reads counts only once it has
    /// returned `Ok`, and it must touch nothing but the store.
    ///
    /// **Cancellation.** All of it runs on a task of its own. A caller that goes away leaves a unit
    /// of work that ends by itself, committed or rolled back, and never one that stays open.
    pub async fn run<T, E, Body, Run>(&self, what: &'static str, body: Body) -> Result<T, E>
    where
        Body: Fn(UnitOfWork) -> Run + Send + Sync + 'static,
        Run: Future<Output = Result<T, E>> + Send,
        T: Send + 'static,
        E: From<StoreError> + Retryable + Send + 'static,
    {
        let units = self.clone();
        let span = tracing::debug_span!("unit_of_work", what);
        let task = async move { units.run_here(what, body).await };
        match tokio::spawn(task.instrument(span)).await {
            Ok(result) => result,
            Err(stopped) => match stopped.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(stopped) => {
                    let source = stopped.into();
                    Err(StoreError::Unusable { during: "shutdown of the runtime", source }.into())
                }
            },
        }
    }

    async fn run_here<T, E, Body, Run>(&self, what: &'static str, body: Body) -> Result<T, E>
    where
        Body: Fn(UnitOfWork) -> Run,
        Run: Future<Output = Result<T, E>>,
        E: From<StoreError> + Retryable,
    {
        let mut attempt = 1;
        loop {
            let result = match self.begin_as(what).await {
                Ok(uow) => body(uow).await,
                Err(error) => Err(error.into()),
            };
            let Err(error) = result else { return result };
            let retry = error.retry();
            if retry == Some(Retry::Transient(TransientCause::Deadlock)) {
                self.observers.deadlocked(what);
            }
            let Some(cause) = retry.filter(|_| self.retries.allows_another(attempt)) else {
                return Err(error);
            };
            tracing::info!(what, attempt, %cause, "running the unit of work again");
            self.observers.run_again(what, cause);
            tokio::time::sleep(self.retries.delay(attempt)).await;
            attempt += 1;
        }
    }
}

impl RetryPolicy {
    /// One try and no more: every error reaches the caller.
    pub const NEVER: Self =
        Self { attempts_max: 1, delay_min: Duration::ZERO, delay_max: Duration::ZERO };

    /// Whether there may be another try after so many.
    pub(crate) fn allows_another(&self, attempts_made: u32) -> bool {
        attempts_made < self.attempts_max
    }

    /// How long to wait after so many tries.
    pub(crate) fn delay(&self, attempts_made: u32) -> Duration {
        let doublings = attempts_made.saturating_sub(1).min(16);
        let delay = self.delay_min.saturating_mul(1 << doublings).min(self.delay_max);
        delay.mul_f64(0.5 + fastrand::f64())
    }
}

impl Default for RetryPolicy {
    /// Ten tries, 5 ms to 250 ms apart: about a second in all.
    fn default() -> Self {
        Self {
            attempts_max: 10,
            delay_min: Duration::from_millis(5),
            delay_max: Duration::from_millis(250),
        }
    }
}

impl fmt::Debug for UnitsOfWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnitsOfWork").field("retries", &self.retries).finish_non_exhaustive()
    }
}
