//! A ranked list that comes row by row, and is ranked without ever being held.

use std::marker::PhantomData;

use super::{
    StandingsRules,
    duplicates::Duplicates,
    field_row::{FieldRow, RowOrder},
    gaps, places,
    problem_list::ProblemList,
    ranked_field::RankedField,
    sorter::{Pile, Sorted, SortedRows, Sorter, resort},
    team_names::TeamNames,
    teams,
    tie_breaks::Cost,
};
use crate::{
    Better, Finish, Measured, MemberWeight, OnGap, Placement, RankedEntry, ResultsProblem,
};

/// A ranked list whose rows come one by one.
///
/// It is ranked in a few passes, each over the rows in another order, into which a [`Sorter`] puts
/// them. Apart from the sorter it holds the name of each team, the rows of one participant and,
/// where every place is taken once, the rows that are level.
#[derive(Debug)]
pub struct Listing<Mark, S: Sorter> {
    rules: StandingsRules,
    sorter: S,
    /// Which end of the scale wins; `None` for placements.
    better: Option<Better>,
    pile: S::Pile,
    teams: TeamNames,
    problems: ProblemList,
    is_empty: bool,
    marks: PhantomData<Mark>,
}

/// Why a list has no standings.
#[derive(Debug)]
pub enum Unranked<Lost> {
    /// It breaks rules.
    Problems {
        /// The first problems, by row.
        first: Vec<ResultsProblem>,
        /// How many more there are.
        left_out: usize,
    },
    /// The sorter lost rows.
    Lost(Lost),
}

impl<Lost> From<Lost> for Unranked<Lost> {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl<S: Sorter> Listing<Placement, S> {
    /// A list of placements without a row. Of its problems the first `problems_max` are kept.
    pub fn of_placements(rules: StandingsRules, sorter: S, problems_max: usize) -> Self {
        let order = match rules.on_gap {
            OnGap::Refuse => RowOrder::Placement,
            OnGap::Close => RowOrder::Player,
        };
        Self::new(rules, sorter, None, order, problems_max)
    }

    /// Takes the next row. A `number` names it in problems; it is greater than those before.
    pub fn push(&mut self, number: usize, entry: &RankedEntry<Placement>) -> Result<(), S::Error> {
        self.note_tie_break(number, entry);
        let row = self.row(number, entry, entry.finish);
        self.pile.push(row)
    }
}

impl<S: Sorter> Listing<f64, S> {
    /// A list of measured values without a row. Of its problems the first `problems_max` are kept.
    pub fn of_values(
        better: Better,
        rules: StandingsRules,
        sorter: S,
        problems_max: usize,
    ) -> Self {
        Self::new(rules, sorter, Some(better), RowOrder::Measured(better), problems_max)
    }

    /// Takes the next row. A `number` names it in problems; it is greater than those before.
    pub fn push(&mut self, number: usize, entry: &RankedEntry<f64>) -> Result<(), S::Error> {
        let measured = entry.finish.mark().map(|value| Measured::new(*value));
        if measured == Some(None) {
            let player = entry.player;
            self.problems.push(ResultsProblem::NotFinite { row: number, player });
        }
        self.note_tie_break(number, entry);
        if measured == Some(None) {
            return Ok(());
        }
        // Which placement a value comes to is known when all of them are.
        let row = self.row(number, entry, entry.finish.map(|_| Placement::FIRST));
        self.pile.push(FieldRow { measured: measured.flatten(), ..row })
    }
}

impl<Mark, S: Sorter> Listing<Mark, S> {
    fn new(
        rules: StandingsRules,
        sorter: S,
        better: Option<Better>,
        order: RowOrder,
        problems_max: usize,
    ) -> Self {
        Self {
            pile: sorter.pile(order),
            rules,
            sorter,
            better,
            teams: TeamNames::default(),
            problems: ProblemList::new(problems_max),
            is_empty: true,
            marks: PhantomData,
        }
    }

    fn note_tie_break(&mut self, row: usize, entry: &RankedEntry<Mark>) {
        self.is_empty = false;
        if entry.tie_break.is_some_and(|value| !value.is_finite()) {
            let player = entry.player;
            self.problems.push(ResultsProblem::TieBreakNotFinite { row, player });
        }
    }

    fn row(
        &mut self,
        number: usize,
        entry: &RankedEntry<Mark>,
        finish: Finish<Placement>,
    ) -> FieldRow {
        let team = entry.team.as_ref();
        FieldRow {
            number,
            player: entry.player,
            team: team.map(|it| self.teams.number(&it.name)),
            weight: team.map_or(MemberWeight::ONE, |it| it.weight),
            finish,
            measured: None,
            tie_break: entry.tie_break.map(|it| Cost::of(it, self.rules.tie_break)),
        }
    }

    /// Who ended where, or all that is wrong with the list.
    pub fn rank(self) -> Result<RankedField<Sorted<S>>, Unranked<S::Error>> {
        let Self { rules, sorter, better, pile, teams, mut problems, is_empty, .. } = self;
        if is_empty {
            problems.push(ResultsProblem::Empty);
            return Err(refused(problems));
        }
        let listed = pile.sorted()?;
        let by_player = match better {
            Some(_) => place_by_value(&listed, &sorter)?,
            None if rules.on_gap == OnGap::Close => listed,
            None => {
                gaps::find(&listed, &mut problems)?;
                resort(&listed, &sorter, RowOrder::Player)?
            }
        };
        let duplicates = Duplicates { on_duplicate: rules.on_duplicate, teams: &teams };
        let pile = sorter.pile(RowOrder::Placement);
        let distinct = duplicates.distinct(&by_player, pile, &mut problems)?;
        if !teams.is_empty() {
            teams::find(&resort(&distinct, &sorter, RowOrder::Team)?, &teams, &mut problems)?;
        }
        if !problems.is_empty() {
            return Err(refused(problems));
        }
        let pile = sorter.pile(RowOrder::Player);
        let ranked = places::assign(&distinct, &rules, pile, &mut problems)?;
        if problems.is_empty() {
            Ok(RankedField::new(ranked, teams, rules))
        } else {
            Err(refused(problems))
        }
    }
}

fn refused<Lost>(problems: ProblemList) -> Unranked<Lost> {
    let (first, left_out) = problems.finish();
    Unranked::Problems { first, left_out }
}

/// The placement of a value is 1 + the number of better ones.
fn place_by_value<S: Sorter>(by_value: &Sorted<S>, sorter: &S) -> Result<Sorted<S>, S::Error> {
    let mut pile = sorter.pile(RowOrder::Player);
    let mut level: Option<FieldRow> = None;
    for (better_rows, row) in by_value.rows().enumerate() {
        let mut row = row?;
        if row.measured.is_some() {
            let is_level = level.filter(|it| it.measured == row.measured);
            row.finish = match is_level {
                Some(level) => level.finish,
                None => Finish::Marked(Placement::FIRST.after(better_rows)),
            };
            level = Some(row);
        }
        pile.push(row)?;
    }
    pile.sorted()
}
