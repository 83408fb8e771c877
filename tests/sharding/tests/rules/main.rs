//! The schema and the statements fit a PostgreSQL that shards.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod locking;
mod page;
mod planted;
mod schema;
mod sent;
