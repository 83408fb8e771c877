//! Crashes, cancellations, injected errors and lost answers, on every adapter.

mod crashes;
