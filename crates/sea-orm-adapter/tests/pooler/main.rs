//! Guerdon behind PgBouncer in transaction mode, which keeps no session for anybody: every promise
//! of `ports::spi`, every race, and what only a pooler can do to a program.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod configuration;
mod harness;
mod schema;
#[path = "../harness/second_door.rs"]
mod second_door;
mod sessions;
mod sharing;
mod timeouts;

mod promises {
    conformance::suite!(crate::harness::PooledHarness);
}

mod races {
    races::races!(crate::harness::CrowdedHarness);
}
