//! R01 to R07, for real: eight concurrent callers on SQLite and on PostgreSQL.

#[path = "harness/postgres.rs"]
mod postgres;
#[path = "harness/second_door.rs"]
mod second_door;
#[path = "harness/sqlite.rs"]
mod sqlite;

mod on_sqlite {
    races::races!(crate::sqlite::SqliteHarness);
}

mod on_postgres {
    races::races!(crate::postgres::PostgresHarness);
}
