//! What the conformance suite cannot see: statement budgets, schemas, options, and one season of
//! both databases from end to end.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bounded;
mod budget;
mod careers;
mod databases;
mod logbook;
mod schema;
mod season;
mod transactions;
mod workers;
