//! What players are told beside what happened to them.

use std::collections::BTreeMap;

use domain::{PlayerEventKind, PlayerId};
use ports::spi::audit::{Audited, EventMismatch};

use super::scope::Scoped;
use crate::PlayerRow;

impl Scoped<'_> {
    pub(super) fn event_mismatches(&self) -> Audited<EventMismatch> {
        let rows = self.players().map(|it| it.1.events.len()).sum();
        let mut faults = vec![];
        for (player, row) in self.players() {
            faults.extend(numbers(player, row));
            faults.extend(self.awards_untold(player, row));
        }
        faults.sort_unstable();
        self.answer(rows, faults)
    }

    /// One event of the revision that was paid last, and no revision twice.
    fn awards_untold(&self, player: PlayerId, row: &PlayerRow) -> Vec<EventMismatch> {
        let mut told: BTreeMap<_, (i64, i64)> = BTreeMap::new();
        for event in row.events.values().map(|it| &it.event) {
            let Some((tournament, revision)) = event.award else { continue };
            if matches!(event.kind, PlayerEventKind::RewardPaid | PlayerEventKind::RewardCorrected)
            {
                told.entry((tournament, i64::from(revision))).or_default().1 += 1;
            }
        }
        for (tournament, awards) in &self.state.awards {
            let paid = awards.get(player).and_then(|it| it.award.paid);
            if let Some(paid) = paid {
                told.entry((*tournament, i64::from(paid.revision))).or_default().0 = 1;
            }
        }
        let wrong = told.into_iter().filter(|(_, (due, found))| *found > 1 || found < due);
        let fault =
            |(award, (_, found))| EventMismatch { player, award: Some(award), expected: 1, found };
        wrong.map(fault).collect()
    }
}

/// The number of the last event is also how many there are.
fn numbers(player: PlayerId, row: &PlayerRow) -> Option<EventMismatch> {
    let (expected, last) = (row.event_seq, row.events.keys().next_back().copied());
    let last = last.unwrap_or_default();
    let count = i64::try_from(row.events.len()).unwrap_or(i64::MAX);
    let found = if last == expected { count } else { last };
    let fault = EventMismatch { player, award: None, expected, found };
    (expected != found).then_some(fault)
}
