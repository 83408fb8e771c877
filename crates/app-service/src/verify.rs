//! Checks a live database against every invariant, and writes nothing.

mod checks;
mod findings;
mod invariant;
mod listener;
mod report;
mod runs;

use std::time::Duration;

use futures::{StreamExt, stream};
use ports::{
    Clock, Retryable, StoreError, Timestamp,
    spi::{
        Store,
        audit::{AuditScope, PaymentTerms},
    },
};

use self::{checks::Pass, findings::Findings};
pub use self::{
    invariant::Invariant,
    listener::CheckListener,
    report::{CheckReport, Outcome, RowName, VerifyOptions, VerifyReport, VerifyRun, Violation},
};
use crate::{Guerdon, GuerdonError, row_id::row_id};

impl Guerdon {
    /// Checks every [`Invariant`]. Reads only, takes no lock, and may run at any time beside those
    /// who write.
    ///
    /// A check that cannot be done is [`Outcome::Unchecked`] in the report, and costs no other.
    pub async fn verify(&self, options: VerifyOptions) -> Result<VerifyReport, GuerdonError> {
        self.verify_aloud(options, &CheckListener::default()).await
    }

    /// The same, for somebody who wants to hear of every check as it ends.
    #[tracing::instrument(skip(self, listener))]
    pub async fn verify_aloud(
        &self,
        options: VerifyOptions,
        listener: &CheckListener,
    ) -> Result<VerifyReport, GuerdonError> {
        Ok(verify_store(self.store(), self.units.clock(), options, listener).await)
    }
}

/// The same, of a store that nobody has made a [`Guerdon`] of.
pub async fn verify_store(
    store: &dyn Store,
    clock: &dyn Clock,
    options: VerifyOptions,
    listener: &CheckListener,
) -> VerifyReport {
    let started_at = clock.now();
    let (scope, terms) = (scope(&options), terms(&options, started_at));
    let audit = store.audit();
    let mut checks = Vec::with_capacity(Invariant::ALL.len());
    let passes = Pass::LONGEST_FIRST.map(|pass| {
        let audit = audit.as_ref();
        async move {
            let started = clock.monotonic();
            let found = patiently(|| pass.run(audit, &scope, &terms)).await;
            reports(pass, found, clock.monotonic().saturating_sub(started))
        }
    });
    let mut ended = stream::iter(passes).buffer_unordered(options.checks_at_once.max(1));
    while let Some(reports) = ended.next().await {
        for report in &reports {
            listener.checked(report);
        }
        checks.extend(reports);
    }
    checks.sort_by_key(|it| it.invariant);
    VerifyReport {
        run: row_id(started_at),
        started_at,
        finished_at: clock.now(),
        since: options.since,
        strict: options.strict,
        outcome: checks.iter().map(|it| it.outcome).max().unwrap_or(Outcome::Unchecked),
        checks,
    }
}

/// Looks again when the look was lost to a race, as one at a standby may be: nobody shall be called
/// at night for that. A look that begins anew has forgotten what the one before had found.
async fn patiently<T, Look>(look: impl Fn() -> Look) -> Result<T, StoreError>
where
    Look: Future<Output = Result<T, StoreError>>,
{
    let mut looks = 1;
    loop {
        match look().await {
            Err(error) if looks < LOOKS_MAX && error.retry().is_some() => {
                tracing::info!(%error, looks, "looking again");
                looks += 1;
            }
            other => return other,
        }
    }
}

/// Looks at one invariant, when each is lost.
const LOOKS_MAX: u32 = 3;

fn scope(options: &VerifyOptions) -> AuditScope {
    let faults_max = u32::try_from(options.violations_max).unwrap_or(u32::MAX);
    AuditScope { since: options.since, faults_max }
}

/// A limit that reaches back before all time makes nothing overdue.
fn terms(options: &VerifyOptions, now: Timestamp) -> PaymentTerms {
    let pending_max = time::Duration::try_from(options.pending_max).ok();
    let frozen_before = pending_max.and_then(|it| now.checked_sub(it));
    PaymentTerms {
        frozen_before: frozen_before.map_or(Timestamp::UNIX_EPOCH, |it| {
            // No database has to understand a year before the first.
            it.max(Timestamp::UNIX_EPOCH)
        }),
        failed_is_a_fault: options.strict,
    }
}

/// One report for each invariant of the pass, whatever became of it.
fn reports(
    pass: Pass,
    found: Result<Vec<Findings>, StoreError>,
    took: Duration,
) -> Vec<CheckReport> {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let invariants = pass.invariants().iter().copied();
    match found {
        Ok(findings) => {
            let each = invariants.zip(findings);
            each.map(|(invariant, it)| it.into_report(invariant, duration_ms)).collect()
        }
        Err(error) => {
            tracing::warn!(?pass, error = &error as &dyn std::error::Error, "not checked");
            let reason = with_causes(&error);
            invariants.map(|it| unchecked(it, duration_ms, &reason)).collect()
        }
    }
}

fn unchecked(invariant: Invariant, duration_ms: u64, reason: &str) -> CheckReport {
    CheckReport {
        invariant,
        outcome: Outcome::Unchecked,
        rows_checked: 0,
        duration_ms,
        violations_total: 0,
        violations: vec![],
        unchecked: Some(reason.to_owned()),
    }
}

/// The error and what is behind it, in one line.
fn with_causes(error: &StoreError) -> String {
    let first: &dyn std::error::Error = error;
    let chain = std::iter::successors(Some(first), |it| it.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use ports::TransientCause;

    use super::*;

    #[tokio::test]
    async fn look_that_is_lost_to_a_race_is_taken_again_but_not_for_ever() {
        for (losses, expected) in [(0, Ok(1)), (2, Ok(3)), (3, Err(3))] {
            assert_eq!(looks(losses, lost).await, expected);
        }
    }

    #[tokio::test]
    async fn look_that_cannot_be_had_is_taken_once() {
        assert_eq!(looks(1, || StoreError::Invalid { rule: "no right to look" }).await, Err(1));
    }

    /// How many looks it took, the first `losses` of which were lost.
    async fn looks(losses: u32, error: fn() -> StoreError) -> Result<u32, u32> {
        let taken = AtomicU32::new(0);
        let look = || async {
            let lost = taken.fetch_add(1, Ordering::Relaxed) < losses;
            if lost { Err(error()) } else { Ok(()) }
        };

        let answer = patiently(look).await;

        let taken = taken.load(Ordering::Relaxed);
        answer.map(|()| taken).map_err(|_| taken)
    }

    fn lost() -> StoreError {
        let cause = TransientCause::Serialization;
        StoreError::Transient { cause, during: "a test", source: "conflict with recovery".into() }
    }

    #[test]
    fn a_limit_longer_than_history_reaches_back_to_1970_only() {
        let pending_max = Duration::from_hours(3_000 * 366 * 24);
        let options = VerifyOptions { pending_max, ..VerifyOptions::default() };

        let terms = terms(&options, Timestamp::UNIX_EPOCH + Duration::from_secs(1));

        assert_eq!(terms.frozen_before, Timestamp::UNIX_EPOCH);
    }
}
