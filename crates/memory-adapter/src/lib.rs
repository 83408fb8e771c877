//! A store in memory: the executable reading of the port contract, and the fake for embedders' tests.
//!
//! Row locks are real: whoever waits, waits until the other transaction ends. Rollback is real:
//! every transaction writes to a draft of its own, which the commit merges at once. Nothing is
//! random and nothing asks for the time, so that the same calls in the same order lead to the same
//! [`State`].
//!
//! **Invariant:** a row is a lock. [`State`] has five kinds of rows (tournaments, awards, players,
//! standing rules, requests), and so has the lock table; a transaction changes only rows that it has locked exclusively.

mod api_keys;
mod audit;
mod leaders;
mod locks;
mod logbook;
mod open;
mod outbox;
mod refusal;
mod requests;
mod shared;
mod state;
mod statement;
mod store;
mod timetable;
mod transaction;

pub use self::{
    locks::{LockKey, LockMode},
    open::OpenTransaction,
    state::{AssessmentRecord, PlayerRow, Rows, State, ToldEvent, TournamentRow},
    store::MemoryStore,
};
