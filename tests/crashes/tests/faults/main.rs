//! Crashes, cancellations, injected errors and lost answers, on every adapter.

mod cancellation;
mod crashes;
mod errors;
mod requests;
mod wire;
