//! PostgreSQL keeps every promise of `ports::spi`.

#[path = "harness/postgres.rs"]
mod postgres;
#[path = "harness/second_door.rs"]
mod second_door;

conformance::suite!(postgres::PostgresHarness);
