//! Which calls the use cases make, in which order, and which they never make: the guards against
//! the seven known races of a reward pipeline. What a store does with the calls is `conformance`'s.
//!
//! A [`script::Script`] allows the calls that are written into it, in that order. Any other call
//! panics, so every test shows the absence of all calls that it does not name.

mod cast;
mod double_badge;
mod double_distribution;
mod double_entry;
mod double_finalize;
mod dual_trigger;
mod lost_balance;
mod lost_commit;
mod lost_race;
mod scene;
mod script;
mod skill_overwrite;
