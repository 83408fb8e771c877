//! How long locks are waited for and held, and how long is too long.
//!
//! A process counts in memory and writes what it has counted into the logbook from time to time:
//!
//! ```text
//! recorder.rs    hears of every lock, and keeps it until it is written down
//! tally.rs       what was counted: distributions by kind and caller, retries, deadlocks
//! durations.rs   one distribution, rounded up by less than 1 %
//! flush.rs       from memory into the logbook
//! summary.rs     from the logbook, and what is still in memory, to a report
//! ```

mod durations;
mod flush;
mod recorder;
mod report;
mod summary;
mod tally;
#[cfg(test)]
mod tests;

pub(crate) use self::recorder::LockRecorder;
pub use self::report::{LockReport, LockRow, LockThresholds, Quantiles, RetryRow};
