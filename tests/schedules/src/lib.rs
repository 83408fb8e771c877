//! Every order of the steps of a few callers, walked.
//!
//! A [`Scenario`] is some callers, each with one [`Deed`], on one [`Ground`]. A [`Search`] plays it
//! again and again: one caller at a time takes its next step, a step being one call on a port, and
//! which caller that is, is what the search tries all ways of. A caller that has to wait for a lock
//! is left waiting while the others go on. After each run the books must add up, every caller must
//! have been told something that it may be told, and the end must be one that the callers also
//! reach when they come one after the other, or at least their units of work ([`Serial`]).
//!
//! A new use case becomes a variant of [`Deed`]; a new scenario is a line in [`catalogue`]:
//! `docs/proof/schedules.md` says how. A store with a broken promise is put in between with
//! [`Search::through`].

#![expect(clippy::missing_panics_doc, reason = "a run fails by panicking")]

mod board;
pub mod catalogue;
mod deed;
mod explore;
mod judge;
mod order;
mod planted;
mod run;
mod scenario;
mod schedule;
mod search;
mod stage;
mod stepper;
mod trace;
mod violation;

pub use self::{
    deed::{Amendment, Deed, Told},
    explore::Found,
    order::Order,
    planted::Planted,
    scenario::{Cup, Ground, Ranking, Scenario, Serial, Standing, Terms},
    schedule::{NotASchedule, Schedule},
    search::{Report, Search},
    stage::Adapter,
    trace::Trace,
    violation::{Fault, Violation},
};

/// Whether the long variants run, too: `cargo xtask test --exhaustive` says so.
#[must_use]
pub fn exhaustive() -> bool {
    std::env::var_os("GUERDON_EXHAUSTIVE").is_some_and(|it| it == "1")
}
