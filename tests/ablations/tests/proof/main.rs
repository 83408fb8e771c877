//! Every guard is taken out by name, and each removal is noticed. A test is named
//! `<kind>::<guard>::<what_goes_wrong_without_it>`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ablation;
mod backing;
mod catcher;
mod constraints;
mod guards;
#[path = "../../../../crates/memory-adapter/tests/harness/memory.rs"]
mod memory;
mod patience;
mod record;
mod runs;
mod scenarios;
