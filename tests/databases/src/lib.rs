//! Fresh databases for tests: each one empty, with its schema in place, and nobody else's.

#![expect(clippy::missing_panics_doc, reason = "a test without its database fails by panicking")]
#![expect(clippy::unwrap_used, reason = "a test without its database fails by panicking")]

mod commit_proxy;
mod contents;
mod durable_server;
mod postgres;
mod rules;
mod sqlite;
mod statement_tap;
mod test_database;
mod wire;

pub use self::{
    commit_proxy::{CommitProxy, Cut},
    contents::{count, dump, empty, tables},
    durable_server::DurableServer,
    postgres::{PostgresDatabase, SERVER_VARIABLE, blank_postgres, fresh_postgres},
    rules::{REFUSALS, Refusal, live_rules, write_good_row},
    sqlite::{SqliteDatabase, blank_sqlite, fresh_sqlite},
    statement_tap::StatementTap,
    test_database::TestDatabase,
};
