//! The tests have teeth: every guard of the exactly-once guarantee, taken out by name.
//!
//! Nothing of this is in the program. A rule of the schema is dropped from a database of the test's
//! own.

#![expect(
    clippy::missing_panics_doc,
    reason = "an ablation that cannot be made fails by panicking"
)]
#![expect(clippy::unwrap_used, reason = "an ablation that cannot be made fails by panicking")]

mod constraint;

pub use self::constraint::take_out;
