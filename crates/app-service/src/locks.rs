//! How long locks are waited for and held, and how long is too long.

mod report;

pub use self::report::{LockReport, LockRow, LockThresholds, Quantiles, RetryRow};
