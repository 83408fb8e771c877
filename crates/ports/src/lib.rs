//! What the application asks of a store, and what a store must promise.
//!
//! Two faces, one contract:
//!
//! - [`UnitsOfWork`], [`UnitOfWork`] and [`Locked`] are what the application calls. They are concrete
//!   types; a write exists only as a method of the lock that it needs.
//! - [`spi::Store`] and [`spi::Transaction`] are what a database adapter implements. Every promise is
//!   written there, once, and tested by the `conformance` crate.
//!
//! The one way through, as the types allow it:
//!
//! ```text
//! UnitsOfWork::run ─▶ UnitOfWork ─lock_tournament──▶ Locked<Tournament>
//!                         │       ─share_tournament─▶ Locked<Shared<Tournament>>
//!                         │                              │ claim_awards
//!                         │                              ▼
//!                         │                           Locked<Awards> ─lock_players─▶ Locked<Players>
//!                         └───────lock_players──────────────────────────────────────▶    │
//!                                                                    post_entries, award_badges, …
//! ```
//!
//! **Invariant:** a [`Locked`] is minted by a lock and nowhere else.
//! **Invariant:** nothing here names a database, SQL or HTTP.

mod actor;
mod clock;
mod error;
mod lock_log;
mod locked;
mod observer;
mod patient_store;
mod role;
pub mod spi;
mod unit_of_work;
mod units_of_work;

/// For the macros of this crate, which spell out what they name.
#[doc(hidden)]
pub use domain;

pub use self::{
    actor::Actor,
    clock::{Clock, SystemClock, Timestamp},
    error::{
        AdvanceError, BoxError, CorruptPlayer, LockError, Retry, Retryable, StoreError,
        TransientCause,
    },
    locked::{
        Awards, Careers, Locked, PlayerPage, Players, Reopened, ResultsPages, Savepoint, Shared,
    },
    observer::{LockKind, Observer, TakenLock},
    role::{NotARole, Role},
    unit_of_work::UnitOfWork,
    units_of_work::{RetryPolicy, UnitsOfWork},
};
