//! What is counted of locks and verifications, and how it gets into the logbook once.

mod callers;
mod flushing;
mod history;
mod scene;
mod unreliable;
mod waits;
