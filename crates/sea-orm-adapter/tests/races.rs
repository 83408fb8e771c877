//! R01 to R07, for real: eight concurrent callers on SQLite and on PostgreSQL.

#[path = "harness/databases.rs"]
mod databases;
#[path = "harness/second_door.rs"]
mod second_door;

mod on_sqlite {
    races::races!(crate::databases::SqliteHarness);
}

mod on_postgres {
    races::races!(crate::databases::PostgresHarness);
}
