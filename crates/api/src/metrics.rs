//! What this process tells a scraper.

use std::{fmt, sync::Arc, time::Duration};

use app_service::{Invariant, Observer, Outcome, Retry, TakenLock, VerifyReport};
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// How far a histogram tells durations apart, in seconds. What is tolerated of locks, 0.2 s and
/// 0.5 s, is among them, so that an alert can be exact.
const BUCKETS: [f64; 14] =
    [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];

/// What has happened in this process since it started. Cheap to clone; clones are the same.
///
/// Labels are words of the program's own text, never anything that somebody sent, so there are only
/// so many.
#[derive(Clone)]
pub(crate) struct Metrics(Arc<Figures>);

struct Figures {
    registry: Registry,
    waits: Family<LockLabels, Histogram, fn() -> Histogram>,
    holds: Family<LockLabels, Histogram, fn() -> Histogram>,
    retries: Family<RetryLabels, Counter>,
    deadlocks: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LockLabels {
    lock: &'static str,
    caller: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RetryLabels {
    caller: &'static str,
    cause: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InvariantLabels {
    invariant: &'static str,
    scope: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ScopeLabels {
    scope: &'static str,
}

impl Metrics {
    /// Nothing has happened yet.
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("guerdon");
        let histograms = || Family::new_with_constructor(durations as fn() -> Histogram);
        let (waits, holds) = (histograms(), histograms());
        let (retries, deadlocks) = (Family::default(), Counter::default());
        let seconds = Unit::Seconds;
        let (name, help) = ("lock_wait", "From asking for a lock to having it");
        registry.register_with_unit(name, help, seconds.clone(), Family::clone(&waits));
        let (name, help) = ("lock_hold", "From having a lock to the end of its unit of work");
        registry.register_with_unit(name, help, seconds, Family::clone(&holds));
        registry.register("retries", "Units of work that were run again", Family::clone(&retries));
        registry.register("deadlocks", "Deadlocks that cost a unit of work", deadlocks.clone());
        Self(Arc::new(Figures { registry, waits, holds, retries, deadlocks }))
    }

    /// All of it in the text format of Prometheus, and what the `last` verifications found, at most
    /// one of each scope.
    pub(crate) fn text(&self, last: &[VerifyReport]) -> Result<String, fmt::Error> {
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.0.registry)?;
        if !last.is_empty() {
            prometheus_text::encode(&mut text, &verifications(last))?;
        }
        Ok(text)
    }
}

/// A check that could not be looked at has no violations, which would say that it holds; it is
/// counted as unchecked instead.
fn verifications(reports: &[VerifyReport]) -> Registry {
    let violations = Family::<InvariantLabels, Gauge>::default();
    let unchecked = Family::<InvariantLabels, Gauge>::default();
    let ended = Family::<ScopeLabels, Gauge>::default();
    for report in reports {
        let scope = scope(report);
        for check in &report.checks {
            let labels = InvariantLabels { invariant: Invariant::code(check.invariant), scope };
            let is_unchecked = check.outcome == Outcome::Unchecked;
            unchecked.get_or_create(&labels).set(is_unchecked.into());
            if !is_unchecked {
                let total = i64::try_from(check.violations_total).unwrap_or(i64::MAX);
                violations.get_or_create(&labels).set(total);
            }
        }
        ended.get_or_create(&ScopeLabels { scope }).set(report.finished_at.unix_timestamp());
    }
    let mut registry = Registry::with_prefix("guerdon");
    let help = "Violations that the last verification found";
    registry.register("invariant_violations", help, violations);
    let help = "Whether the last verification could not look at it";
    registry.register("invariant_unchecked", help, unchecked);
    let (name, help) = ("last_verification_timestamp", "When the last verification ended");
    registry.register_with_unit(name, help, Unit::Seconds, ended);
    registry
}

/// A run that looked only at what changed must not stand for one that looked at everything.
pub(crate) fn scope(report: &VerifyReport) -> &'static str {
    if report.since.is_some() { "since" } else { "full" }
}

fn durations() -> Histogram {
    Histogram::new(BUCKETS)
}

impl Observer for Metrics {
    fn had(&self, lock: TakenLock, wait: Duration) {
        self.0.waits.get_or_create(&lock.into()).observe(wait.as_secs_f64());
    }

    fn gave_up(&self, lock: TakenLock, wait: Duration) {
        self.had(lock, wait);
    }

    fn let_go(&self, lock: TakenLock, hold: Duration) {
        self.0.holds.get_or_create(&lock.into()).observe(hold.as_secs_f64());
    }

    fn run_again(&self, caller: &'static str, why: Retry) {
        self.0.retries.get_or_create(&RetryLabels { caller, cause: why.as_str() }).inc();
    }

    fn deadlocked(&self, _caller: &'static str) {
        self.0.deadlocks.inc();
    }
}

impl From<TakenLock> for LockLabels {
    fn from(TakenLock { kind, caller, .. }: TakenLock) -> Self {
        Self { lock: kind.as_str(), caller }
    }
}
