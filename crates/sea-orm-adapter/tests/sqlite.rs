//! SQLite keeps every promise of `ports::spi`.

#[path = "harness/second_door.rs"]
mod second_door;
#[path = "harness/sqlite.rs"]
mod sqlite;

conformance::suite!(sqlite::SqliteHarness);
