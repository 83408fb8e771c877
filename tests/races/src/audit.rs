//! Adds everything up: what must hold after any race, in any order.

use app_service::{CheckListener, CheckReport, Outcome, VerifyOptions, verify_store};
use ports::{SystemClock, spi::Store};

/// Panics unless every invariant holds.
pub async fn audit(store: &dyn Store) {
    let clock = SystemClock::shared();
    let (options, listener) = (VerifyOptions::default(), CheckListener::default());

    let report = verify_store(store, clock.as_ref(), options, &listener).await;

    let broken = |it: &&CheckReport| it.outcome != Outcome::Held;
    let broken: Vec<_> = report.checks.iter().filter(broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
