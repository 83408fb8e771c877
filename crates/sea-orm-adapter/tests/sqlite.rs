//! SQLite keeps every promise of `ports::spi`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "harness/plant.rs"]
mod plant;
#[path = "harness/sqlite.rs"]
mod sqlite;

conformance::suite!(sqlite::SqliteHarness);
