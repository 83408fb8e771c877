//! Places that are taken once: what decides between those who end level.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{TieBreak, ranked::Row};
use crate::{Placement, PlayerId, ResultsProblem};

/// A tie-break value, the smaller the better; the two zeros are equal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost(f64);

/// Who takes a place: a team, or anybody who competes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Contender<'list> {
    Team(&'list str),
    Player(PlayerId),
}

/// The places of everybody who is placed.
#[derive(Debug)]
pub(super) struct Order<'list>(BTreeMap<Contender<'list>, Placement>);

impl Cost {
    /// What `value` costs where the smaller is the better, or the greater.
    pub(super) fn of(value: f64, tie_break: TieBreak) -> Self {
        Self(if tie_break == TieBreak::Higher { -value } else { value } + 0.0)
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

impl<'list> Contender<'list> {
    fn of(row: &Row<'list>) -> Self {
        row.team.map_or(Self::Player(row.player), Self::Team)
    }
}

impl<'list> Order<'list> {
    /// The order of `contenders`, who come best first and level ones together, or everything that
    /// it leaves open.
    pub(super) fn of(
        mut contenders: Vec<(Placement, Row<'list>)>,
        tie_break: TieBreak,
    ) -> Result<Self, Vec<ResultsProblem>> {
        let mut problems = Vec::new();
        let mut better = 0;
        for level in contenders.chunk_by_mut(|(a, _), (b, _)| a == b) {
            level.sort_unstable_by_key(|(_, row)| row.index);
            if tie_break != TieBreak::Listed {
                problems.extend(unbroken(level, Placement::FIRST.after(better)));
                level.sort_by_key(|(_, row)| row.tie_break);
            }
            better += level.len();
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let places = contenders.iter().enumerate();
        let place = |(n, (_, row)): (usize, &(Placement, Row<'list>))| {
            (Contender::of(row), Placement::FIRST.after(n))
        };
        Ok(Self(places.map(place).collect()))
    }

    /// The place of a row that is placed.
    pub(super) fn placement(&self, row: &Row<'list>) -> Option<Placement> {
        self.0.get(&Contender::of(row)).copied()
    }
}

/// Rows behind the first of `level` that an earlier one cannot be told from. They come in the order
/// of the list.
fn unbroken(level: &[(Placement, Row<'_>)], placement: Placement) -> Vec<ResultsProblem> {
    let mut told_apart: BTreeMap<Cost, usize> = BTreeMap::new();
    let mut silent = None;
    let mut problems = Vec::new();
    let Some((_, first)) = level.first() else { return problems };
    for (_, Row { index, player, tie_break, .. }) in level {
        let equal = match tie_break {
            Some(cost) => silent.or_else(|| told_apart.get(cost).copied()),
            None => Some(first.index).filter(|it| it != index),
        };
        if let Some(first_row) = equal {
            let (row, player) = (*index, *player);
            problems.push(ResultsProblem::UnbrokenTie { row, first_row, player, placement });
        }
        match tie_break {
            Some(cost) => drop(told_apart.entry(*cost).or_insert(*index)),
            None => drop(silent.get_or_insert(*index)),
        }
    }
    problems
}
