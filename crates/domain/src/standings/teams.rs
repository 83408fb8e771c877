//! Tournaments whose placements belong to teams.

use super::{
    field_row::FieldRow, problem_list::ProblemList, sorter::SortedRows, team_names::TeamNames,
};
use crate::{ResultsProblem, check_text};

/// Teams play for themselves or nobody does, and a team ends as one. Absent members are left out
/// of it: the team ended without them. The rows come by team.
pub(super) fn find<Rows: SortedRows>(
    rows: &Rows,
    teams: &TeamNames,
    problems: &mut ProblemList,
) -> Result<(), Rows::Error> {
    let mut first: Option<FieldRow> = None;
    for row in rows.rows() {
        let row = row?;
        let competes = row.finish.competed();
        match row.team {
            Some(team) => {
                if competes {
                    first = first.filter(|it| it.team == row.team).or(Some(row));
                }
                let mate = first.filter(|it| competes && it.finish != row.finish);
                problems.extend(mate.map(|it| divided(&row, &it, teams)));
                problems.extend(unreadable(&row, teams.name(team)));
            }
            // Those without a team come last: whether anybody competes for one is known by then.
            None if competes && first.is_some() => {
                let FieldRow { number: row, player, .. } = row;
                problems.push(ResultsProblem::TeamMissing { row, player });
            }
            None => {}
        }
    }
    Ok(())
}

/// What a team is called is stored with its members.
fn unreadable(row: &FieldRow, name: &str) -> Option<ResultsProblem> {
    let problem = check_text(name).err()?;
    Some(ResultsProblem::TeamUnreadable { row: row.number, player: row.player, problem })
}

fn divided(row: &FieldRow, mate: &FieldRow, teams: &TeamNames) -> ResultsProblem {
    ResultsProblem::TeamDivided {
        row: row.number,
        first_row: mate.number,
        player: row.player,
        team: row.team.map_or_else(String::new, |it| teams.name(it).to_owned()),
    }
}
