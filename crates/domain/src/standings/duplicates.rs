//! Participants who are listed more than once.

use super::{OnDuplicate, ranked::Row};
use crate::ResultsProblem;

/// The best row of each player, and what is wrong with the rows that repeat one. Of equally good rows
/// the first team by name stays, so that the order of the rows does not matter.
pub(super) fn distinct(
    mut rows: Vec<Row<'_>>,
    on_duplicate: OnDuplicate,
) -> (Vec<Row<'_>>, Vec<ResultsProblem>) {
    rows.sort_unstable_by_key(|it| (it.player, it.index));
    let players = || rows.chunk_by(|a, b| a.player == b.player);
    let best = players().filter_map(best).collect();
    let problems = players().flat_map(|same| repeated(same, on_duplicate)).collect();
    (best, problems)
}

fn best<'list>(same: &[Row<'list>]) -> Option<Row<'list>> {
    let tie_break = |it: &Row<'_>| (it.tie_break.is_none(), it.tie_break);
    same.iter().min_by_key(|it| (it.finish, it.team, it.weight, tie_break(it))).copied()
}

/// Nobody plays for two teams of one tournament, even where somebody may be listed twice.
fn repeated(same: &[Row<'_>], on_duplicate: OnDuplicate) -> Vec<ResultsProblem> {
    let member = same.iter().find(|it| it.team.is_some());
    let problem = |[first, row]: &[Row<'_>; 2]| {
        let (first_row, row_index, player) = (first.index, row.index, row.player);
        let strange = member.filter(|it| row.team.is_some() && it.team != row.team);
        match (strange, on_duplicate) {
            (Some(member), _) => Some(ResultsProblem::TwoTeams {
                row: row_index,
                first_row: member.index,
                player,
                teams: [member, row].map(|it| it.team.unwrap_or_default().to_owned()),
            }),
            (None, OnDuplicate::Refuse) => {
                Some(ResultsProblem::Duplicate { row: row_index, first_row, player })
            }
            (None, OnDuplicate::Best) => None,
        }
    };
    same.array_windows().filter_map(problem).collect()
}
