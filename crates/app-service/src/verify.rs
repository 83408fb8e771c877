//! Checks a live database against every invariant, and writes nothing but what it found.

mod invariant;
mod report;
mod runs;

pub use self::{
    invariant::Invariant,
    report::{CheckReport, Outcome, RowName, VerifyOptions, VerifyReport, VerifyRun, Violation},
};
