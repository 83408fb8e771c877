//! Places that are taken once: what decides between those who end level.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    TieBreak,
    field_row::{FieldRow, TeamNumber},
    problem_list::ProblemList,
};
use crate::{Finish, Placement, PlayerId, ResultsProblem};

/// A tie-break value, the smaller the better; the two zeros are equal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost(f64);

/// Who takes a place: a team, or anybody who competes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Contender {
    Team(TeamNumber),
    Player(PlayerId),
}

impl Cost {
    /// What `value` costs where the smaller is the better, or the greater.
    pub(super) fn of(value: f64, tie_break: TieBreak) -> Self {
        Self(if tie_break == TieBreak::Higher { -value } else { value } + 0.0)
    }

    pub(super) fn get(self) -> f64 {
        self.0
    }

    /// A cost that was put aside.
    pub(super) fn read(cost: f64) -> Self {
        Self(cost)
    }
}

impl PartialEq for Cost {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cost {}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cost {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Contender {
    fn of(row: &FieldRow) -> Self {
        row.team.map_or(Self::Player(row.player), Self::Team)
    }
}

/// Gives each contender of one level a place of its own, from `first` on, or tells what is left
/// open. The rows of a team stand together. Answers how many places are taken.
pub(super) fn break_ties(
    level: &mut [FieldRow],
    first: Placement,
    tie_break: TieBreak,
    problems: &mut ProblemList,
) -> usize {
    let mut contenders = contenders(level);
    contenders.sort_unstable_by_key(|it| it.number);
    if tie_break != TieBreak::Listed {
        find_unbroken(&contenders, first, problems);
        contenders.sort_by_key(|it| it.tie_break);
    }
    let place = |(n, row): (usize, &FieldRow)| (Contender::of(row), first.after(n));
    let places: BTreeMap<_, _> = contenders.iter().enumerate().map(place).collect();
    for row in level {
        if let Some(place) = places.get(&Contender::of(row)) {
            row.finish = Finish::Marked(*place);
        }
    }
    contenders.len()
}

/// A team as its first row, with the best tie-break of all of them, anybody else as their own.
fn contenders(level: &[FieldRow]) -> Vec<FieldRow> {
    let mut contenders = level.to_vec();
    contenders.dedup_by(|row, first| {
        let same = row.is_with(first);
        if same {
            first.tie_break = [first.tie_break, row.tie_break].into_iter().flatten().min();
        }
        same
    });
    contenders
}

/// Rows behind the first of `level` that an earlier one cannot be told from. They come in the order
/// of the list.
fn find_unbroken(level: &[FieldRow], placement: Placement, problems: &mut ProblemList) {
    let mut told_apart: BTreeMap<Cost, usize> = BTreeMap::new();
    let mut silent = None;
    let Some(first) = level.first() else { return };
    for FieldRow { number, player, tie_break, .. } in level {
        let equal = match tie_break {
            Some(cost) => silent.or_else(|| told_apart.get(cost).copied()),
            None => Some(first.number).filter(|it| it != number),
        };
        if let Some(first_row) = equal {
            let (row, player) = (*number, *player);
            problems.push(ResultsProblem::UnbrokenTie { row, first_row, player, placement });
        }
        match tie_break {
            Some(cost) => drop(told_apart.entry(*cost).or_insert(*number)),
            None => drop(silent.get_or_insert(*number)),
        }
    }
}
