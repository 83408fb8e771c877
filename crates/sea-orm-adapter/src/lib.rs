//! The ports on SQLite and PostgreSQL.
//!
//! ```text
//! store.rs, transaction.rs,
//! logbook.rs, requests.rs    what `ports::spi` asks, one line for each method
//! statements/<table>.rs      the statements of a table: text, parameters, answers
//! rows.rs, sql.rs            batches and parameters, written once for both databases
//! connect.rs, pool.rs         opening a database; where transactions begin
//! connection.rs              the one place where a statement is sent
//! errors.rs                  from a driver's code to what the caller does next
//! ```
//!
//! **Invariant:** the number of statements behind a call does not depend on the length of its batch.
//! **Invariant:** the database is never asked for the time, and never makes an id.

mod api_keys;
mod audit;
mod connect;
mod connection;
mod decode;
mod dialect;
mod errors;
mod layout;
mod logbook;
mod outbox;
mod pool;
mod requests;
mod rows;
mod sql;
mod statements;
mod store;
mod timetable;
mod transaction;

pub use self::{
    connect::{ConnectOptions, Pooler},
    errors::{NoSchema, UnsaidPooler},
    store::SeaOrmStore,
};
