//! Earlier verifications, in the logbook.

use ports::spi::RunRecord;

use super::{Outcome, VerifyReport, VerifyRun};
use crate::{Guerdon, GuerdonError, StoreError};

/// Runs that are kept.
const KEPT: u32 = 1_000;

/// Old runs that are removed with a new one: more than it adds.
const REMOVED_MAX: u32 = 10;

/// Violations that are kept of each check. All of them are counted.
const VIOLATIONS_KEPT: usize = 5;

impl Guerdon {
    /// Writes a verification into the logbook, once, and removes what is behind the newest thousand.
    /// When that cannot be removed, the next one tries again.
    pub async fn record_verification(&self, report: &VerifyReport) -> Result<(), GuerdonError> {
        let logbook = self.store().logbook();
        logbook.insert_run(&record(report)?).await?;
        if let Err(error) = logbook.delete_runs(KEPT, REMOVED_MAX).await {
            tracing::warn!(%error, "old verifications cannot be removed");
        }
        Ok(())
    }

    /// Earlier verifications, newest first, at most `limit`.
    pub async fn verifications(&self, limit: u32) -> Result<Vec<VerifyRun>, GuerdonError> {
        let records = self.store().logbook().list_runs(limit).await?;
        Ok(records.iter().filter_map(read).collect())
    }
}

fn record(report: &VerifyReport) -> Result<RunRecord, StoreError> {
    let mut kept = report.clone();
    kept.checks.iter_mut().for_each(|it| it.violations.truncate(VIOLATIONS_KEPT));
    let text = serde_json::to_string(&kept).map_err(|error| StoreError::Unusable {
        during: "writing down a verification",
        source: error.into(),
    })?;
    let outcome = word(report.outcome).to_owned();
    Ok(RunRecord { id: report.run, started_at: report.started_at, outcome, report: text })
}

/// What another version wrote may not be understood: then the history goes on without it.
fn read(record: &RunRecord) -> Option<VerifyRun> {
    let report = serde_json::from_str(&record.report);
    let report = report.inspect_err(|error| {
        tracing::warn!(run = %record.id, %error, "a verification cannot be read");
    });
    Some(VerifyRun { report: report.ok()? })
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Held => "held",
        Outcome::Unchecked => "unchecked",
        Outcome::Violated => "violated",
    }
}
