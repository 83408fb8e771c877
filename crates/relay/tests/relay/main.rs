//! A relay before a real receiver: one that fails, hangs, has enough, and sees relays die.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod deliveries;
mod deaths;
mod receiver;
mod refusals;
mod scene;
