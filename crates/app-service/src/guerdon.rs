//! The façade: one value through which everything is asked.

use std::{fmt, sync::Arc};

use ports::{Clock, Observer, RetryPolicy, Timestamp, UnitsOfWork, spi::Store};

use crate::{Ticket, locks::LockRecorder};

/// Pays a competition's rewards exactly once, whoever asks and however often. Cheap to clone.
#[derive(Clone)]
pub struct Guerdon {
    pub(crate) units: UnitsOfWork,
    pub(crate) settings: Settings,
    pub(crate) locks: Arc<LockRecorder>,
    /// The request for which a use case is carried out, if any.
    pub(crate) request: Option<Ticket>,
}

/// What an embedding program may tune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Participants paid in one transaction. A tournament that fits is planned, frozen and paid in
    /// one commit; a larger one is paid chunk by chunk.
    pub chunk_size: u32,
    /// Chunks of one distribution that are paid at the same time; no more than the store has
    /// connections to spare.
    pub workers: u32,
    /// How often a unit of work is tried.
    pub retries: RetryPolicy,
}

impl Guerdon {
    /// Guerdon on `store`, with the usual settings.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let locks = Arc::new(LockRecorder::default());
        let recorder: Arc<dyn Observer> = Arc::clone(&locks) as _;
        let units = UnitsOfWork::new(store).with_observer(recorder);
        Self { units, settings: Settings::default(), locks, request: None }
    }

    /// The same with other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { units: self.units.with_retries(settings.retries), settings, ..self }
    }

    /// The same on another clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { units: self.units.with_clock(clock), ..self }
    }

    /// The same, and `observer` hears of every lock and every retry, too. What the
    /// [lock report](Self::lock_report) is made of is counted in any case.
    #[must_use]
    pub fn with_observer(self, observer: Arc<dyn Observer>) -> Self {
        Self { units: self.units.with_observer(observer), ..self }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.units.clock().now()
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.units.store()
    }
}

impl Settings {
    /// At least one participant a chunk and one worker, whatever was asked for.
    pub(crate) fn chunk(&self) -> u32 {
        self.chunk_size.clamp(1, u32::MAX - 1)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { chunk_size: 1_000, workers: 1, retries: RetryPolicy::default() }
    }
}

impl fmt::Debug for Guerdon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guerdon").field("settings", &self.settings).finish_non_exhaustive()
    }
}
