//! Participants who are listed more than once.

use super::{
    OnDuplicate,
    field_row::FieldRow,
    problem_list::ProblemList,
    sorter::{Pile, SortedRows},
    team_names::TeamNames,
};
use crate::ResultsProblem;

/// What repeating a participant means, and what teams are called.
#[derive(Clone, Copy)]
pub(super) struct Duplicates<'a> {
    pub(super) on_duplicate: OnDuplicate,
    pub(super) teams: &'a TeamNames,
}

impl Duplicates<'_> {
    /// Puts the best row of each player on `pile`, and tells what is wrong with the rows that repeat
    /// one. The `rows` come by player; those of one player are held at a time.
    pub(super) fn distinct<Rows: SortedRows, P: Pile<Error = Rows::Error>>(
        self,
        rows: &Rows,
        mut pile: P,
        problems: &mut ProblemList,
    ) -> Result<P::Sorted, Rows::Error> {
        let mut same: Vec<FieldRow> = vec![];
        for row in rows.rows() {
            let row = row?;
            if same.first().is_some_and(|it| it.player != row.player) {
                self.repeated(&same, problems);
                self.best(&same).map_or(Ok(()), |it| pile.push(it))?;
                same.clear();
            }
            same.push(row);
        }
        self.repeated(&same, problems);
        self.best(&same).map_or(Ok(()), |it| pile.push(it))?;
        pile.sorted()
    }

    /// Of equally good rows the first team by name stays, so that the order of the list does not
    /// matter.
    fn best(self, same: &[FieldRow]) -> Option<FieldRow> {
        let tie_break = |it: &FieldRow| (it.tie_break.is_none(), it.tie_break);
        let team = |it: &FieldRow| it.team.map(|team| self.teams.name(team));
        same.iter().min_by_key(|it| (it.finish, team(it), it.weight, tie_break(it))).copied()
    }

    /// Nobody plays for two teams of one tournament, even where somebody may be listed twice.
    fn repeated(self, same: &[FieldRow], problems: &mut ProblemList) {
        let member = same.iter().find(|it| it.team.is_some());
        for [first, row] in same.array_windows() {
            let (first_row, player) = (first.number, row.player);
            let strange = member.filter(|it| row.team.is_some() && it.team != row.team);
            match (strange, self.on_duplicate) {
                (Some(member), _) => problems.push(ResultsProblem::TwoTeams {
                    row: row.number,
                    first_row: member.number,
                    player,
                    teams: [member, row].map(|it| self.name(it)),
                }),
                (None, OnDuplicate::Refuse) => {
                    let row = row.number;
                    problems.push(ResultsProblem::Duplicate { row, first_row, player });
                }
                (None, OnDuplicate::Best) => {}
            }
        }
    }

    fn name(self, row: &FieldRow) -> String {
        row.team.map_or_else(String::new, |it| self.teams.name(it).to_owned())
    }
}
