//! PostgreSQL keeps every promise of `ports::spi`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "harness/plant.rs"]
mod plant;
#[path = "harness/postgres.rs"]
mod postgres;

conformance::suite!(postgres::PostgresHarness);
