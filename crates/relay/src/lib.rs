//! Delivers what happened to whoever asked for it.
//!
//! A [`Relay`] gives committed events their place in the feed, makes deliveries of them, and sends
//! those to webhooks: signed, again and again until they arrive or are dead letters. Any number of
//! relays may run at once, and each may die at any moment.
//!
//! **Invariant:** a delivery is recorded only after the receiver has answered, so an event arrives at
//! least once; with the same id each time.
//! **Invariant:** nothing is sent to an address that was not looked at when the connection was made.

mod client;
mod couriers;
mod relay;
mod resolver;
mod retries;
mod settings;
mod signature;

pub use self::{
    relay::Relay,
    retries::RetryPlan,
    settings::{RelayError, RelaySettings},
};

/// The examples of `docs/events.md`.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/events.md")]
struct Manual;
