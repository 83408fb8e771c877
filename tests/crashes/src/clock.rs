//! A clock that stands, so that two runs can be compared whole.

use std::{sync::Arc, time::Duration};

use ports::{Clock, Timestamp};
use time::macros::datetime;

/// A clock that always shows the same moment.
#[derive(Debug, Clone, Copy)]
pub struct StandingClock;

impl StandingClock {
    /// The clock, ready to be handed out.
    #[must_use]
    pub fn shared() -> Arc<dyn Clock> {
        Arc::new(Self)
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        datetime!(2026-07-19 18:00:00.123456 UTC)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}
