//! Placements that cannot follow one another.

use super::{field_row::FieldRow, problem_list::ProblemList, sorter::SortedRows};
use crate::{Placement, ResultsProblem};

/// Everybody who has one placement, as far as they have been met.
struct Level {
    placement: Placement,
    /// The first of them in the list.
    first: FieldRow,
    /// The one that was met last.
    last: FieldRow,
    contenders: usize,
}

/// Lists count ties densely (1, 2, 2, 3) or as in a competition (1, 2, 2, 4), some of them both;
/// anything else is a gap. The rows come by placement, before duplicates go: a driver who is second
/// and fourth leaves no gap at four.
pub(super) fn find<Rows: SortedRows>(
    rows: &Rows,
    problems: &mut ProblemList,
) -> Result<(), Rows::Error> {
    let mut expected = [Placement::FIRST; 2];
    let mut level: Option<Level> = None;
    for row in rows.rows() {
        let row = row?;
        let Some(placement) = row.placement() else { break };
        match &mut level {
            Some(level) if level.placement == placement => level.add(row),
            _ => {
                let ended = level.replace(Level::of(placement, row));
                expected = ended.map_or(expected, |it| it.end(expected, problems));
            }
        }
    }
    if let Some(level) = level {
        level.end(expected, problems);
    }
    Ok(())
}

impl Level {
    fn of(placement: Placement, row: FieldRow) -> Self {
        Self { placement, first: row, last: row, contenders: 1 }
    }

    fn add(&mut self, row: FieldRow) {
        self.contenders += usize::from(!row.is_with(&self.last));
        self.last = row;
        if row.number < self.first.number {
            self.first = row;
        }
    }

    /// What may follow.
    fn end(self, expected: [Placement; 2], problems: &mut ProblemList) -> [Placement; 2] {
        let Self { placement: found, first: FieldRow { number: row, player, .. }, .. } = self;
        if !expected.contains(&found) {
            problems.push(ResultsProblem::Gap { row, player, found, expected });
        }
        [found.after(1), found.after(self.contenders)]
    }
}
