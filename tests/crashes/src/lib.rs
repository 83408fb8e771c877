//! Kills a use case at every step, and sees that asking again comes to what a run without a crash
//! comes to, byte for byte.
//!
//! A step is one call on a port. A [`Search`] runs a [`UseCase`] once to count its steps, then once
//! for each [`CrashPoint`]: killed there, looked at, recovered by asking again, and compared. What it
//! needs of a store is a [`Ground`]; what it finds is a [`Violation`]. A broken promise is put in between
//! with [`Search::broken_by`]: a search that finds nothing then has no teeth.

#![expect(clippy::missing_panics_doc, reason = "a search without its ground fails by panicking")]

mod crash;
mod ground;
mod resend;
mod search;
mod state;
mod trial;
mod use_case;
mod violation;

pub use self::{
    crash::{CrashPoint, Way},
    ground::{DatabaseGround, Ground, MemoryGround},
    resend::Resend,
    search::{Search, Walk},
    state::{difference, everything, undisturbed},
    use_case::UseCase,
    violation::{Breach, Violation},
};
