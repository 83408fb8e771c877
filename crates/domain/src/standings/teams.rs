//! Tournaments whose placements belong to teams.

use super::ranked::Row;
use crate::{Finish, Placement, ResultsProblem, check_text};

/// Who competes for placements, best first: a team as its first row, with the best tie-break of all
/// of them, anybody else as their own.
pub(super) fn contenders<'list>(rows: &[Row<'list>]) -> Vec<(Placement, Row<'list>)> {
    let placed = |row: &Row<'list>| match row.finish {
        Finish::Marked(placement) => Some((placement, *row)),
        _ => None,
    };
    let mut placed: Vec<_> = rows.iter().filter_map(placed).collect();
    placed.sort_unstable_by_key(|(placement, row)| (*placement, row.team, row.index));
    placed.dedup_by(|(after, row), (before, first)| {
        let same = row.team.is_some() && (*after, row.team) == (*before, first.team);
        if same {
            first.tie_break = [first.tie_break, row.tie_break].into_iter().flatten().min();
        }
        same
    });
    placed
}

/// Teams play for themselves or nobody does, and a team ends as one. Absent members are left out
/// of it: the team ended without them.
pub(super) fn problems(rows: &[Row<'_>]) -> Vec<ResultsProblem> {
    let competing = rows.iter().filter(|it| it.finish.competed());
    let (mut members, alone): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
        competing.partition(|it| it.team.is_some());
    members.sort_unstable_by_key(|it| (it.team, it.index));
    let divided = members.chunk_by(|a, b| a.team == b.team).flat_map(divided);
    let missing = alone
        .into_iter()
        .filter(|_| !members.is_empty())
        .map(|it| ResultsProblem::TeamMissing { row: it.index, player: it.player });
    divided.chain(missing).chain(rows.iter().filter_map(unreadable)).collect()
}

/// What a team is called is stored with its members.
fn unreadable(row: &Row<'_>) -> Option<ResultsProblem> {
    let problem = check_text(row.team?).err()?;
    Some(ResultsProblem::TeamUnreadable { row: row.index, player: row.player, problem })
}

fn divided(team: &[&Row<'_>]) -> Vec<ResultsProblem> {
    let Some((first, others)) = team.split_first() else { return Vec::new() };
    let apart = others.iter().filter(|it| it.finish != first.finish);
    apart
        .map(|it| ResultsProblem::TeamDivided {
            row: it.index,
            first_row: first.index,
            player: it.player,
            team: it.team.unwrap_or_default().to_owned(),
        })
        .collect()
}
