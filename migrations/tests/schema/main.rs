//! The schema is what the design says, on both databases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod causes;
mod databases;
mod guards;
mod histories;
mod keys;
mod outbox;
mod refusals;
mod rows;
mod steps;
