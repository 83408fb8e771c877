//! A relay before a real receiver: one that fails, hangs, has enough, and sees relays die.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod deaths;
mod deliveries;
mod receiver;
mod refusals;
mod scene;
