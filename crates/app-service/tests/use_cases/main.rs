//! What the use cases promise to whoever embeds them, on the store in memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod arena;
mod assessing;
mod audit;
mod backfill;
mod bounded;
mod cancellation;
mod career;
mod correcting;
mod embedding;
mod faulty;
mod gates;
mod intake;
mod keys;
mod levels;
mod outcomes;
mod paying;
mod previewing;
mod properties;
mod recovery;
mod requests;
mod scheduling;
mod showing;
mod spending;
mod spending_model;
mod streaming;
mod views;
