//! A tournament with all that its lock protects.

use std::{collections::BTreeMap, ops::Bound};

use domain::{
    Baseline, Competitor, NewTournament, PlayerId, Standing, Tournament, TournamentStatus,
};
use ports::{
    StoreError, Timestamp,
    spi::{CorrectionRecord, TournamentChange, TournamentEvent},
};

use crate::refusal::corrupt;

/// A tournament with all that its lock protects.
#[derive(Debug, Clone, PartialEq)]
pub struct TournamentRow {
    /// The tournament.
    pub tournament: Tournament,
    /// When it was announced.
    pub announced_at: Timestamp,
    /// How each participant ended.
    pub results: BTreeMap<PlayerId, Standing>,
    /// What happened to it, by number.
    pub changes: BTreeMap<u32, TournamentChange>,
    /// The same, for whoever publishes it, oldest first.
    pub outbox: Vec<TournamentChange>,
}

impl TournamentRow {
    /// A tournament to which nothing has happened yet.
    pub(crate) fn announced(new: &NewTournament, at: Timestamp) -> Self {
        let tournament = Tournament {
            id: new.id,
            key: new.key.clone(),
            name: new.name.clone(),
            status: TournamentStatus::Scheduled,
            change_seq: 0,
            policy: new.policy.clone(),
            revision: 0,
            results_hash: None,
            field_size: 0,
            plan_hash: None,
        };
        Self {
            tournament,
            announced_at: at,
            results: BTreeMap::new(),
            changes: BTreeMap::new(),
            outbox: Vec::new(),
        }
    }

    /// A page of the results, by player, each with the baseline that `baseline` knows.
    pub(crate) fn field_page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
        baseline: impl Fn(PlayerId) -> Baseline,
    ) -> Vec<Competitor> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let page = self.results.range((from, Bound::Unbounded)).take(limit as usize);
        let competitor = |(player, standing): (&PlayerId, &Standing)| Competitor {
            standing: standing.clone(),
            baseline: baseline(*player),
        };
        page.map(competitor).collect()
    }

    /// Every correction, in the order in which they were made.
    pub(crate) fn corrections(&self) -> impl Iterator<Item = CorrectionRecord> {
        let correction = |it: &TournamentChange| match it.event {
            TournamentEvent::Corrected { revision, .. } => Some(CorrectionRecord {
                tournament: it.tournament,
                revision,
                reason: it.reason.clone().unwrap_or_default(),
                corrected_at: it.at,
            }),
            _ => None,
        };
        self.changes.values().filter_map(correction)
    }

    /// TOURNAMENT-2, TOURNAMENT-4: row, history and outbox, or nothing.
    pub(crate) fn record(&mut self, change: &TournamentChange) -> Result<(), StoreError> {
        if self.changes.contains_key(&change.seq) {
            return Err(corrupt("tournament_changes", "the number of a change is taken once"));
        }
        self.tournament.status = change.to;
        self.tournament.change_seq = change.seq;
        match change.event {
            TournamentEvent::ResultsSubmitted { results_hash, field_size } => {
                self.tournament.results_hash = Some(results_hash);
                self.tournament.field_size = field_size;
            }
            TournamentEvent::Completed { plan_hash } => {
                self.tournament.plan_hash = Some(plan_hash);
            }
            TournamentEvent::Corrected { results_hash, field_size, revision, plan_hash } => {
                self.tournament.results_hash = Some(results_hash);
                self.tournament.field_size = field_size;
                self.tournament.revision = revision;
                self.tournament.plan_hash = Some(plan_hash);
            }
            TournamentEvent::RewardsDistributed
            | TournamentEvent::Cancelled
            | TournamentEvent::Archived => {}
        }
        self.changes.insert(change.seq, change.clone());
        self.outbox.push(change.clone());
        Ok(())
    }
}
