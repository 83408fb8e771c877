//! Somebody between the use cases and a store: sees every call on a port, may hold it up, refuse it,
//! lose its answer, or answer in the store's place.
//!
//! An [`Interposer`] has one method for each call of the ports, each of which sends the call on
//! unless it is overridden, and two that every call passes: [`before`](Interposer::before) and
//! [`after`](Interposer::after). A scheduler needs only these two; a store with one broken promise
//! overrides the method that keeps it.
//!
//! **Invariant:** an interposer that overrides nothing cannot be told from the store behind it.

mod call;
mod interposer;
mod requests;
mod store;
mod transaction;

pub use self::{call::Call, interposer::Interposer, store::InterposedStore, transaction::apart};
