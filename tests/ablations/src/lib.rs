//! The tests have teeth: every guard of the exactly-once guarantee, taken out by name.
//!
//! The program has no hook for this. A [`Guard`] is taken out at the port: what stands between the
//! use cases and a healthy store breaks one promise, as a store without that guard would. A rule of
//! the schema is dropped from a database of the test's own. What goes wrong then is what
//! `tests/proof` looks for, and what `docs/proof.md` tabulates.

#![expect(
    clippy::missing_panics_doc,
    reason = "an ablation that cannot be made fails by panicking"
)]
#![expect(clippy::unwrap_used, reason = "an ablation that cannot be made fails by panicking")]

mod constraint;
mod guard;
mod interposers;
mod without;

pub use self::{
    constraint::take_out,
    guard::Guard,
    without::{Through, moving_first, without},
};
