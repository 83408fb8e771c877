//! What belongs to tournaments: awards, what they pay, and when their books are closed.

use std::collections::BTreeMap;

use domain::{Award, AwardState, Clawback, Currency, PlayerId, TournamentId, TournamentStatus};
use ports::{
    Timestamp,
    spi::{
        AwardRecord, LedgerEntry, TournamentEvent,
        audit::{
            Audited, MispaidAward, OpenBooks, PaymentTerms, PlanRow, RepeatedAward, StepMismatch,
            Visit,
        },
    },
};

use super::scope::{Scoped, awards_of, copies};
use crate::TournamentRow;

type Participant = (TournamentId, PlayerId);

impl Scoped<'_> {
    pub(super) fn repeated_awards(&self) -> Audited<RepeatedAward> {
        let copies = copies(self.awards().map(|(id, it)| (id, it.award.planned.player)));
        let fault = |((tournament, player), copies)| RepeatedAward { tournament, player, copies };
        let repeated = copies.into_iter().filter(|it| it.1 > 1).map(fault);
        self.answer(self.awards().count(), repeated)
    }

    pub(super) fn mispaid_awards(&self) -> Audited<MispaidAward> {
        let mut payments: BTreeMap<Participant, MispaidAward> = BTreeMap::new();
        for (tournament, record) in self.awards() {
            let player = record.award.planned.player;
            let payment = payments.entry((tournament, player));
            owe(payment.or_insert_with(|| nothing(tournament, player)), &record.award);
        }
        for (tournament, entry) in self.entries() {
            let player = entry.player;
            let payment = payments.entry((tournament, player));
            pay(payment.or_insert_with(|| nothing(tournament, player)), entry);
        }
        let rows = self.awards().count() + self.entries().count();
        let forgives = |it| {
            let row = self.state.tournaments.get(it);
            row.is_some_and(|row| row.tournament.policy.clawback() == Clawback::Forgive)
        };
        let faults = payments.into_values().filter(|it| is_mispaid(it, forgives(it.tournament)));
        self.answer(rows, faults)
    }

    pub(super) fn open_books(&self, terms: &PaymentTerms) -> Audited<OpenBooks> {
        let books = self.state.tournaments.iter().map(|(id, row)| {
            let awards = awards_of(self.state.awards.get(&id));
            (books(id, row, &awards), last_applied(&awards))
        });
        let faults = books.filter(|(books, applied)| is_open(books, *applied, terms));
        self.answer(self.state.tournaments.len(), faults.map(|it| it.0))
    }

    pub(super) fn step_mismatches(&self) -> Audited<StepMismatch> {
        let mut steps = BTreeMap::new();
        for (tournament, record) in self.awards() {
            let Award { revision, planned, state, paid } = &record.award;
            let applied = paid.map_or(*revision, |it| it.revision);
            let key = (tournament, planned.player, applied);
            let mismatch = steps.entry(key).or_insert_with(|| no_step(key));
            mismatch.awarded = true;
            mismatch.due += u64::from(paid.is_some() || *state == AwardState::Applied);
        }
        for step in self.steps() {
            let key = (step.tournament, step.player, step.revision);
            steps.entry(key).or_insert_with(|| no_step(key)).steps += 1;
        }
        let rows = self.awards().count() + self.steps().count();
        self.answer(rows, steps.into_values().filter(|it| it.steps != it.due))
    }

    pub(super) fn visit_plans(&self, visit: Visit<'_, PlanRow>) {
        let known = self.state.tournaments.iter().map(|it| it.0);
        let mut ids: Vec<_> = known.chain(self.state.awards.keys().copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids.into_iter().filter(|it| self.has_tournament(*it)) {
            if let Some(row) = self.state.tournaments.get(id) {
                visit(PlanRow::Tournament(Box::new(row.tournament.clone())));
            }
            for record in awards_of(self.state.awards.get(&id)) {
                visit(PlanRow::Award(id, record.award.revision, record.award.planned.clone()));
            }
        }
    }
}

/// A participant of whom nothing is known yet.
fn nothing(tournament: TournamentId, player: PlayerId) -> MispaidAward {
    MispaidAward {
        tournament,
        player,
        award: None,
        owed: (0, 0),
        booked: (0, 0),
        paid: (0, 0),
        entries: (0, 0),
    }
}

fn owe(payment: &mut MispaidAward, award: &Award) {
    payment.award = Some((award.state.as_str().to_owned(), award.revision.into()));
    if let Some(paid) = award.paid {
        payment.booked.0 = payment.booked.0.saturating_add(paid.xp);
        payment.booked.1 = payment.booked.1.saturating_add(paid.credits);
    }
    if award.state == AwardState::Applied {
        let reward = &award.planned.reward;
        payment.owed.0 = payment.owed.0.saturating_add(reward.xp());
        payment.owed.1 = payment.owed.1.saturating_add(reward.credits);
    }
}

fn pay(payment: &mut MispaidAward, entry: &LedgerEntry) {
    let (paid, entries) = (&mut payment.paid, &mut payment.entries);
    match entry.currency {
        Currency::Xp => (paid.0, entries.0) = (paid.0.saturating_add(entry.amount), entries.0 + 1),
        Currency::Credit => {
            (paid.1, entries.1) = (paid.1.saturating_add(entry.amount), entries.1 + 1);
        }
        Currency::Debt => paid.1 = paid.1.saturating_sub(entry.amount),
    }
}

/// Only a correction may leave more paid than is owed, under a policy that forgives.
fn is_mispaid(it: &MispaidAward, forgives: bool) -> bool {
    let Some((state, revision)) = &it.award else { return true };
    let entries_max = u64::try_from(*revision).unwrap_or_default() + 1;
    let applied = state == AwardState::Applied.as_str();
    let overpaid = it.booked.1 > it.owed.1 && (*revision == 0 || !forgives);
    it.booked != it.paid
        || (applied && (it.booked.0 != it.owed.0 || it.booked.1 < it.owed.1 || overpaid))
        || it.entries.0 > entries_max
        || it.entries.1 > entries_max
}

fn books(id: TournamentId, row: &TournamentRow, awards: &[&AwardRecord]) -> OpenBooks {
    let owed = |it: &&&AwardRecord| it.award.state != AwardState::Applied;
    let pending = awards.iter().filter(|it| it.award.state == AwardState::Pending).count();
    let frozen = row.changes.values().filter(|it| is_freezing(it.event)).map(|it| it.at).max();
    OpenBooks {
        tournament: id,
        status: Ok(row.tournament.status),
        pending: pending as u64,
        failed: (awards.iter().filter(owed).count() - pending) as u64,
        first_owed: awards.iter().find(owed).map(|it| it.award.planned.player),
        frozen_at: frozen.unwrap_or(row.announced_at),
    }
}

fn is_freezing(event: TournamentEvent) -> bool {
    matches!(event, TournamentEvent::Completed { .. } | TournamentEvent::Corrected { .. })
}

fn last_applied(awards: &[&AwardRecord]) -> Option<Timestamp> {
    awards.iter().filter_map(|it| it.applied_at).max()
}

fn is_open(books: &OpenBooks, last_applied: Option<Timestamp>, terms: &PaymentTerms) -> bool {
    let owed = books.pending + books.failed > 0;
    let overdue = books.frozen_at < terms.frozen_before;
    match books.status {
        Ok(TournamentStatus::RewardsDistributed | TournamentStatus::Archived) => owed,
        Ok(TournamentStatus::Completed) => {
            let paid_long_ago = last_applied.is_none_or(|it| it < terms.frozen_before);
            (overdue && books.pending > 0)
                || (overdue && !owed && paid_long_ago)
                || (terms.failed_is_a_fault && books.failed > 0)
        }
        _ => false,
    }
}

fn no_step((tournament, player, revision): (TournamentId, PlayerId, u32)) -> StepMismatch {
    let revision = revision.into();
    StepMismatch { tournament, player, revision, awarded: false, due: 0, steps: 0 }
}
