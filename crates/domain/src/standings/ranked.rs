//! Standings of a ranked list.

use super::{StandingsRules, gaps, ladder::Ladder, teams};
use crate::{
    Better, Finish, MatchRecord, OnDuplicate, OnGap, Outcome, Placement, PlayerId, RankedEntry,
    RankedList, ResultsProblem, Standing, Standings, TieRule,
};

/// A row of a list of either kind. Its placement orders the list but may have gaps, or count
/// ties in any way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'list> {
    pub(super) index: usize,
    pub(super) player: PlayerId,
    pub(super) team: Option<&'list str>,
    pub(super) finish: Finish<Placement>,
}

pub(super) fn standings(
    list: &RankedList,
    rules: &StandingsRules,
) -> Result<Standings, Vec<ResultsProblem>> {
    let (rows, mut problems) = match list {
        RankedList::Placements(entries) if entries.is_empty() => return empty(),
        RankedList::Measured { entries, .. } if entries.is_empty() => return empty(),
        RankedList::Placements(entries) => placed(entries, rules.on_gap),
        RankedList::Measured { better, entries } => measured(entries, *better),
    };
    let (rows, duplicates) = distinct(rows);
    if rules.on_duplicate == OnDuplicate::Refuse {
        problems.extend(duplicates);
    }
    problems.extend(teams::problems(&rows));
    if problems.is_empty() {
        return Ok(rank(&rows, rules.ties));
    }
    problems.sort_by_key(ResultsProblem::row);
    Err(problems)
}

fn empty() -> Result<Standings, Vec<ResultsProblem>> {
    Err(vec![ResultsProblem::Empty])
}

fn placed(
    entries: &[RankedEntry<Placement>],
    on_gap: OnGap,
) -> (Vec<Row<'_>>, Vec<ResultsProblem>) {
    let rows = rows(entries, |placement| Some(*placement));
    // Before duplicates go: a driver who is second and fourth leaves no gap at four.
    let problems = match on_gap {
        OnGap::Refuse => gaps::problems(&teams::contenders(&rows)),
        OnGap::Close => Vec::new(),
    };
    (rows, problems)
}

fn measured(entries: &[RankedEntry<f64>], better: Better) -> (Vec<Row<'_>>, Vec<ResultsProblem>) {
    let cost = |value: f64| match better {
        Better::Lower => value,
        Better::Higher => -value,
    };
    let marked = |entry: &RankedEntry<f64>| match entry.finish {
        Finish::Marked(value) => Some(cost(value)),
        _ => None,
    };
    let mut costs: Vec<f64> =
        entries.iter().filter_map(marked).filter(|it| it.is_finite()).collect();
    costs.sort_unstable_by(f64::total_cmp);

    let placement = |value: &f64| {
        let better = costs.partition_point(|it| *it < cost(*value));
        value.is_finite().then(|| Placement::FIRST.after(better))
    };
    (rows(entries, placement), not_finite(entries))
}

fn not_finite(entries: &[RankedEntry<f64>]) -> Vec<ResultsProblem> {
    let broken = entries
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it.finish, Finish::Marked(value) if !value.is_finite()));
    broken.map(|(row, it)| ResultsProblem::NotFinite { row, player: it.player }).collect()
}

/// One row per entry; entries without a valid mark are left out.
fn rows<Mark>(
    entries: &[RankedEntry<Mark>],
    placement: impl Fn(&Mark) -> Option<Placement>,
) -> Vec<Row<'_>> {
    let row = |(index, entry)| row(index, entry, &placement);
    entries.iter().enumerate().filter_map(row).collect()
}

fn row<Mark>(
    index: usize,
    entry: &RankedEntry<Mark>,
    placement: impl Fn(&Mark) -> Option<Placement>,
) -> Option<Row<'_>> {
    let finish = match &entry.finish {
        Finish::Marked(mark) => Finish::Marked(placement(mark)?),
        Finish::Unplaced => Finish::Unplaced,
        Finish::Disqualified => Finish::Disqualified,
        Finish::Absent => Finish::Absent,
    };
    Some(Row { index, player: entry.player, team: entry.team.as_deref(), finish })
}

/// The best row of each player, and the rows that repeat a player. Of equally good rows the first
/// team by name stays, so that the order of the rows does not matter.
fn distinct(mut rows: Vec<Row<'_>>) -> (Vec<Row<'_>>, Vec<ResultsProblem>) {
    rows.sort_unstable_by_key(|it| (it.player, it.index));
    let best = rows
        .chunk_by(|a, b| a.player == b.player)
        .filter_map(|same| same.iter().min_by_key(|it| (it.finish, it.team)).copied())
        .collect();
    let repeated = rows.array_windows().filter(|[a, b]| a.player == b.player);
    let problems = repeated
        .map(|[first, row]| ResultsProblem::Duplicate {
            row: row.index,
            first_row: first.index,
            player: row.player,
        })
        .collect();
    (best, problems)
}

fn rank(rows: &[Row<'_>], ties: TieRule) -> Standings {
    let contenders = teams::contenders(rows);
    let ladder = Ladder::new(contenders.into_iter().map(|(placement, _)| placement), ties);
    let standing = |row: &Row<'_>| Standing {
        player: row.player,
        team: row.team.map(str::to_owned),
        outcome: match row.finish {
            Finish::Marked(placement) => Outcome::Placed(ladder.placement(&placement)),
            Finish::Unplaced => Outcome::Unplaced,
            Finish::Disqualified => Outcome::Disqualified,
            Finish::Absent => Outcome::Absent,
        },
        record: MatchRecord::default(),
    };
    Standings::new(rows.iter().map(standing).collect())
}
