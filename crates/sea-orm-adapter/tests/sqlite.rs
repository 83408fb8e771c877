//! SQLite keeps every promise of `ports::spi`.

#[path = "harness/plant.rs"]
mod plant;
#[path = "harness/sqlite.rs"]
mod sqlite;

conformance::suite!(sqlite::SqliteHarness);
