//! Levels beside the mark that they leave and the credits that they pay.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Currency, PlayerId};
use ports::spi::audit::{Audited, LevelMismatch};

use super::scope::Scoped;
use crate::PlayerRow;

impl Scoped<'_> {
    pub(super) fn level_mismatches(&self) -> Audited<LevelMismatch> {
        let rows = self.players().count();
        let looked_at = self.players().flat_map(|(player, row)| {
            let levels = level_payments(player, row);
            std::iter::once(mark(player, row)).chain(levels)
        });
        let faults: Vec<_> = looked_at.filter(|it| it.expected != it.found).collect();
        self.answer(rows, faults)
    }
}

/// Every level above 0 is reached on the way up, so that the last one is also how many there are.
fn mark(player: PlayerId, row: &PlayerRow) -> LevelMismatch {
    let mark = i64::from(row.progress.level_max);
    let highest = row.level_ups.keys().last().map_or(0, |it| i64::from(*it));
    let levels = i64::try_from(row.level_ups.len()).unwrap_or(i64::MAX);
    let found = if mark == highest { levels } else { mark };
    LevelMismatch { player, level: None, expected: highest, found }
}

/// What each level says that it pays, and what was posted for it.
fn level_payments(player: PlayerId, row: &PlayerRow) -> Vec<LevelMismatch> {
    let mut paid: BTreeMap<u32, i64> = BTreeMap::new();
    for entry in row.ledger.values() {
        let Some(level) = entry.cause.level() else { continue };
        let credits = match entry.currency {
            Currency::Debt => -entry.amount,
            _ => entry.amount,
        };
        *paid.entry(level).or_default() += credits;
    }
    let levels: BTreeSet<u32> = row.level_ups.keys().chain(paid.keys()).copied().collect();
    let beside = |level: u32| LevelMismatch {
        player,
        level: Some(level.into()),
        expected: row.level_ups.get(&level).map_or(0, |it| it.level_up.credits),
        found: paid.get(&level).copied().unwrap_or_default(),
    };
    levels.into_iter().map(beside).collect()
}
