//! What an audit looks at, and how it answers.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Cause, PlayerId, TournamentId};
use ports::{
    Timestamp,
    spi::{
        AwardRecord, LedgerEntry, StepRecord,
        audit::{AuditScope, Audited},
    },
};

use crate::{PlayerRow, Rows, State};

/// The rows that an audit looks at.
pub(crate) struct Scoped<'a> {
    pub(super) state: &'a State,
    faults_max: u32,
    /// AUDIT-4: tournaments and players of whom anything was recorded since; `None` for all.
    touched: Option<(BTreeSet<TournamentId>, BTreeSet<PlayerId>)>,
}

impl<'a> Scoped<'a> {
    pub(crate) fn of(state: &'a State, scope: &AuditScope) -> Self {
        let touched = scope.since.map(|since| touched(state, since));
        Self { state, faults_max: scope.faults_max, touched }
    }

    pub(super) fn has_tournament(&self, id: TournamentId) -> bool {
        self.touched.as_ref().is_none_or(|it| it.0.contains(&id))
    }

    fn has_player(&self, id: PlayerId) -> bool {
        self.touched.as_ref().is_none_or(|it| it.1.contains(&id))
    }

    pub(super) fn players(&self) -> impl Iterator<Item = (PlayerId, &'a PlayerRow)> {
        self.state.players.iter().filter(|it| self.has_player(it.0))
    }

    /// Awards by tournament and player, under the key that they name.
    pub(super) fn awards(&self) -> impl Iterator<Item = (TournamentId, &'a AwardRecord)> {
        let awards = self.state.awards.iter().filter(|it| self.has_tournament(*it.0));
        awards.flat_map(|(id, rows)| rows.iter().map(|(_, record)| (*id, record)))
    }

    /// Entries of awards and their corrections, with the tournament, whoever has them.
    pub(super) fn entries(&self) -> impl Iterator<Item = (TournamentId, &'a LedgerEntry)> {
        let entries = self.state.players.iter().flat_map(|(_, row)| row.ledger.values());
        let of_awards = entries.filter_map(|it| match it.cause {
            Cause::Award { tournament, .. } => Some((tournament, it)),
            Cause::LevelUp { .. } | Cause::Charge { .. } => None,
        });
        of_awards.filter(|it| self.has_tournament(it.0))
    }

    /// Steps of tournaments, whoever took them.
    pub(super) fn steps(&self) -> impl Iterator<Item = &'a StepRecord> {
        let steps = self.state.players.iter().flat_map(|(_, row)| row.steps.values());
        steps.filter(|it| self.has_tournament(it.tournament))
    }

    /// AUDIT-3: all counted, the first described.
    pub(super) fn answer<Fault: Ord>(
        &self,
        rows_checked: usize,
        faults: impl IntoIterator<Item = Fault>,
    ) -> Audited<Fault> {
        let mut faults: Vec<Fault> = faults.into_iter().collect();
        faults.sort_unstable();
        let faults_total = faults.len() as u64;
        faults.truncate(self.faults_max as usize);
        Audited { rows_checked: rows_checked as u64, faults_total, faults }
    }
}

fn touched(state: &State, since: Timestamp) -> (BTreeSet<TournamentId>, BTreeSet<PlayerId>) {
    let (mut tournaments, mut players) = (BTreeSet::new(), BTreeSet::new());
    for (id, row) in state.tournaments.iter() {
        let changed = row.changes.values().any(|it| it.at >= since);
        tournaments.extend(changed.then_some(id));
    }
    for (id, awards) in &state.awards {
        let applied = |it: &AwardRecord| it.applied_at.is_some_and(|at| at >= since);
        let paid: Vec<_> = awards.iter().filter(|it| applied(it.1)).map(|it| it.0).collect();
        tournaments.extend((!paid.is_empty()).then_some(*id));
        players.extend(paid);
    }
    for (id, row) in state.players.iter() {
        let entries = row.ledger.values().map(|it| (it.cause.tournament(), it.recorded_at));
        let steps = row.steps.values().map(|it| (Some(it.tournament), it.taken_at));
        let recorded: Vec<_> = entries.chain(steps).filter(|it| it.1 >= since).collect();
        let other = row.badges.values().any(|it| it.earned_at >= since)
            || row.charges.values().any(|it| it.changed_at >= since)
            || row.assessments.values().any(|it| it.recorded_at >= since)
            || row.level_ups.values().any(|it| it.reached_at >= since);
        players.extend((other || !recorded.is_empty()).then_some(id));
        tournaments.extend(recorded.into_iter().filter_map(|it| it.0));
    }
    (tournaments, players)
}

/// Counts equal keys.
pub(super) fn copies<Key: Ord>(keys: impl IntoIterator<Item = Key>) -> BTreeMap<Key, u64> {
    let mut copies = BTreeMap::new();
    for key in keys {
        *copies.entry(key).or_insert(0) += 1;
    }
    copies
}

/// The awards of one tournament, by player.
pub(super) fn awards_of(awards: Option<&Rows<PlayerId, AwardRecord>>) -> Vec<&AwardRecord> {
    awards.into_iter().flat_map(Rows::iter).map(|it| it.1).collect()
}
