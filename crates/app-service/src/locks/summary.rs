//! Adds up what all processes counted, and holds it against what is tolerated.

use std::{collections::BTreeSet, time::Duration};

use ports::{LockKind, Timestamp, spi::LockObservation};

use super::{LockReport, LockRow, LockThresholds, durations::millis, tally::LockTally};
use crate::{Guerdon, GuerdonError};

/// Observations that are held in memory at once.
const PAGE: u32 = 200;

impl Guerdon {
    /// What the locks of this database were like: everything in the logbook that was written down
    /// since, and what this process has not written down yet.
    ///
    /// Durations are rounded up by less than 1 %. They are held against the usual
    /// [thresholds](LockThresholds::default): see [`LockReport::against`] for others. What is at a
    /// threshold of two digits does not exceed it, and what is above it does.
    pub async fn lock_report(&self, since: Option<Timestamp>) -> Result<LockReport, GuerdonError> {
        let here = self.locks.so_far(self.now());
        let seen = here.iter().map(|it| it.id).collect();
        let mut tally = self.written_down(since, &seen).await?;
        let late_enough = |at| since.is_none_or(|since| at >= since);
        here.iter().filter(|it| late_enough(it.at)).for_each(|it| tally.add(&it.tally));
        Ok(LockReport::of(&tally, since))
    }

    /// What is in the logbook, without those of `seen`.
    async fn written_down(
        &self,
        since: Option<Timestamp>,
        seen: &BTreeSet<uuid::Uuid>,
    ) -> Result<LockTally, GuerdonError> {
        let logbook = self.store().logbook();
        let (mut tally, mut after) = (LockTally::default(), None);
        loop {
            let page = logbook.list_lock_observations(since, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(tally) };
            after = Some(last.id);
            let others = page.iter().filter(|it| !seen.contains(&it.id));
            others.filter_map(read).for_each(|it| tally.add(&it));
        }
    }
}

/// What a process of another version wrote may not be understood: then it is missing from the sum.
fn read(observation: &LockObservation) -> Option<LockTally> {
    let read = serde_json::from_str(&observation.document);
    read.inspect_err(|error| {
        tracing::warn!(id = %observation.id, %error, "an observation cannot be read");
    })
    .ok()
}

impl LockReport {
    pub(super) fn of(tally: &LockTally, since: Option<Timestamp>) -> Self {
        let thresholds = LockThresholds::default();
        let report = Self {
            since,
            rows: tally.lock_rows(),
            retries: tally.retry_rows(),
            deadlocks_total: tally.deadlocks_total(),
            thresholds,
            exceeded: vec![],
        };
        report.against(thresholds)
    }

    /// The same report, held against `thresholds`.
    #[must_use]
    pub fn against(self, thresholds: LockThresholds) -> Self {
        let slow = self.rows.iter().flat_map(|row| thresholds.exceeded_by(row));
        let exceeded = slow.chain(thresholds.deadlocked(self.deadlocks_total)).collect();
        Self { thresholds, exceeded, ..self }
    }
}

impl LockThresholds {
    fn exceeded_by(&self, row: &LockRow) -> Vec<String> {
        let Some(allowed) = self.p95_max(&row.kind).map(millis) else { return vec![] };
        let times = [("waited for", row.wait.p95_ms), ("held for", row.hold.p95_ms)];
        let too_long = times.into_iter().filter(|(_, p95)| *p95 > allowed);
        let sentence = |(what, p95)| {
            let LockRow { kind, caller, .. } = row;
            format!(
                "{kind} locks of `{caller}` are {what} {p95} ms at p95: {allowed} ms are allowed"
            )
        };
        too_long.map(sentence).collect()
    }

    fn p95_max(&self, kind: &str) -> Option<Duration> {
        match LockKind::parse(kind)? {
            LockKind::Players => Some(self.players_p95_max),
            LockKind::Tournament | LockKind::TournamentShared => Some(self.tournament_p95_max),
            LockKind::Transaction | LockKind::Awards => None,
        }
    }

    fn deadlocked(&self, total: u64) -> Option<String> {
        let allowed = self.deadlocks_max;
        let sentence = || format!("{total} deadlock(s): {allowed} are allowed");
        (total > allowed).then(sentence)
    }
}
