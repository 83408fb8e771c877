//! SQLite and PostgreSQL keep every promise of `ports::spi`.

#[path = "harness/databases.rs"]
mod databases;
#[path = "harness/second_door.rs"]
mod second_door;

mod on_sqlite {
    conformance::suite!(crate::databases::SqliteHarness);
}

mod on_postgres {
    conformance::suite!(crate::databases::PostgresHarness);
}
