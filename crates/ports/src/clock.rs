//! Time as an argument.

use std::{fmt, sync::Arc, time::Duration};

/// A moment, in UTC.
pub type Timestamp = time::OffsetDateTime;

/// Where the application gets the time from. Stores never ask: every time comes in as a parameter.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Now, in UTC, to the microsecond, which is what every database keeps.
    fn now(&self) -> Timestamp;

    /// Time since some fixed moment; never runs backwards. For measuring how long things take.
    fn monotonic(&self) -> Duration;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    started: std::time::Instant,
}

impl SystemClock {
    /// The clock, ready to be handed out.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the time comes from")]
    pub fn shared() -> Arc<dyn Clock> {
        Arc::new(Self { started: std::time::Instant::now() })
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the time comes from")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now_utc();
        now.replace_microsecond(now.microsecond()).unwrap_or(now)
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }
}
