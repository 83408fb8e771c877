//! Adds everything up: what must hold after any race, in any order.

use app_service::{CheckListener, CheckReport, Outcome, VerifyOptions, verify_store};
use ports::{Clock, SystemClock, spi::Store};

/// Panics unless every invariant holds.
pub async fn audit(store: &dyn Store) {
    audit_at(store, SystemClock::shared().as_ref()).await;
}

/// The same by another clock: that of whoever wrote the rows. By a later one, what an interrupted
/// distribution has left would have been pending for too long.
pub async fn audit_at(store: &dyn Store, clock: &dyn Clock) {
    let (options, listener) = (VerifyOptions::default(), CheckListener::default());

    let report = verify_store(store, clock, options, &listener).await;

    let broken = |it: &&CheckReport| it.outcome != Outcome::Held;
    let broken: Vec<_> = report.checks.iter().filter(broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
