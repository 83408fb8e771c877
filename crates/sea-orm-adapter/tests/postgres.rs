//! PostgreSQL keeps every promise of `ports::spi`.

#[path = "harness/plant.rs"]
mod plant;
#[path = "harness/postgres.rs"]
mod postgres;

conformance::suite!(postgres::PostgresHarness);
