//! From rows in order of their placement to places in the standings.

use super::{
    StandingsRules, TieRule,
    field_row::FieldRow,
    problem_list::ProblemList,
    sorter::{Pile, SortedRows},
    tie_breaks::break_ties,
};
use crate::{Finish, Placement};

/// Puts every row on `pile` with its final placement; `rows` come by placement. Where every place is
/// taken once, those who ended level are held, and whatever is left open between them is a problem.
pub(super) fn assign<Rows: SortedRows, P: Pile<Error = Rows::Error>>(
    rows: &Rows,
    rules: &StandingsRules,
    mut pile: P,
    problems: &mut ProblemList,
) -> Result<P::Sorted, Rows::Error> {
    let mut places = Places::default();
    let mut level: Vec<FieldRow> = vec![];
    for row in rows.rows() {
        let row = row?;
        if row.placement().is_none() {
            pile.push(row)?;
        } else if rules.ties == TieRule::Ordinal {
            if level.last().is_some_and(|it| it.finish != row.finish) {
                places.taken_once(&mut level, rules, problems);
                level.drain(..).try_for_each(|it| pile.push(it))?;
            }
            level.push(row);
        } else {
            pile.push(places.shared(row, rules.ties))?;
        }
    }
    places.taken_once(&mut level, rules, problems);
    level.into_iter().try_for_each(|it| pile.push(it))?;
    pile.sorted()
}

/// How many places are taken.
#[derive(Default)]
struct Places {
    /// By those who ended better, or with ties counted densely the better placements.
    better: usize,
    /// By those who are level with the row that was met last.
    level: usize,
    last: Option<FieldRow>,
}

impl Places {
    /// Those who are level share a place.
    fn shared(&mut self, row: FieldRow, ties: TieRule) -> FieldRow {
        let last = self.last.replace(row);
        match last.filter(|it| it.finish == row.finish) {
            None => {
                self.better += if ties == TieRule::Dense { self.level.min(1) } else { self.level };
                self.level = 1;
            }
            Some(last) => self.level += usize::from(!row.is_with(&last)),
        }
        FieldRow { finish: Finish::Marked(Placement::FIRST.after(self.better)), ..row }
    }

    fn taken_once(
        &mut self,
        level: &mut [FieldRow],
        rules: &StandingsRules,
        problems: &mut ProblemList,
    ) {
        let first = Placement::FIRST.after(self.better);
        self.better += break_ties(level, first, rules.tie_break, problems);
    }
}
