//! Standings of a ranked list.

use super::{
    StandingsRules, duplicates, gaps,
    ladder::Ladder,
    teams,
    tie_breaks::{Cost, Order},
};
use crate::{
    Better, Finish, MatchRecord, Measured, MemberWeight, Membership, OnGap, Outcome, Placement,
    PlayerId, RankedEntry, RankedList, ResultsProblem, Standing, Standings, TieRule,
};

/// A row of a list of either kind. Its placement orders the list but may have gaps, or count
/// ties in any way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'list> {
    pub(super) index: usize,
    pub(super) player: PlayerId,
    pub(super) team: Option<&'list str>,
    pub(super) weight: MemberWeight,
    pub(super) finish: Finish<Placement>,
    /// What it was placed by, where that is a measured value.
    pub(super) measured: Option<Measured>,
    /// What decides between this row and those that it ends level with.
    pub(super) tie_break: Option<Cost>,
}

pub(super) fn standings(
    list: &RankedList,
    rules: &StandingsRules,
) -> Result<Standings, Vec<ResultsProblem>> {
    let (rows, mut problems) = match list {
        RankedList::Placements(entries) if entries.is_empty() => return empty(),
        RankedList::Measured { entries, .. } if entries.is_empty() => return empty(),
        RankedList::Placements(entries) => placed(entries, rules),
        RankedList::Measured { better, entries } => measured(entries, *better, rules),
    };
    let (rows, repeated) = duplicates::distinct(rows, rules.on_duplicate);
    problems.extend(repeated);
    problems.extend(teams::problems(&rows));
    if problems.is_empty() {
        match rank(&rows, rules) {
            Ok(standings) => return Ok(standings),
            Err(unbroken) => problems = unbroken,
        }
    }
    problems.sort_by_key(ResultsProblem::row);
    Err(problems)
}

fn empty() -> Result<Standings, Vec<ResultsProblem>> {
    Err(vec![ResultsProblem::Empty])
}

fn placed<'list>(
    entries: &'list [RankedEntry<Placement>],
    rules: &StandingsRules,
) -> (Vec<Row<'list>>, Vec<ResultsProblem>) {
    let rows = rows(entries, rules, |placement| Some((*placement, None)));
    let mut problems = not_finite(entries, |_| true);
    if rules.on_gap == OnGap::Refuse {
        // Before duplicates go: a driver who is second and fourth leaves no gap at four.
        problems.extend(gaps::problems(&teams::contenders(&rows)));
    }
    (rows, problems)
}

fn measured<'list>(
    entries: &'list [RankedEntry<f64>],
    better: Better,
    rules: &StandingsRules,
) -> (Vec<Row<'list>>, Vec<ResultsProblem>) {
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

    let place = |value: &f64| {
        let measured = Measured::new(*value)?;
        let better = costs.partition_point(|it| *it < cost(*value));
        Some((Placement::FIRST.after(better), Some(measured)))
    };
    (rows(entries, rules, place), not_finite(entries, |value| value.is_finite()))
}

/// Numbers that are none, as marks or as tie-breaks.
fn not_finite<Mark>(
    entries: &[RankedEntry<Mark>],
    is_finite: impl Fn(&Mark) -> bool,
) -> Vec<ResultsProblem> {
    let problems = |(row, it): (usize, &RankedEntry<Mark>)| {
        let player = it.player;
        let mark = matches!(&it.finish, Finish::Marked(value) if !is_finite(value));
        let tie_break = it.tie_break.is_some_and(|value| !value.is_finite());
        [
            mark.then_some(ResultsProblem::NotFinite { row, player }),
            tie_break.then_some(ResultsProblem::TieBreakNotFinite { row, player }),
        ]
    };
    entries.iter().enumerate().flat_map(problems).flatten().collect()
}

/// A placement in the list, and the measured value that it comes from.
type Place = (Placement, Option<Measured>);

/// One row per entry; entries without a valid mark are left out.
fn rows<'list, Mark>(
    entries: &'list [RankedEntry<Mark>],
    rules: &StandingsRules,
    place: impl Fn(&Mark) -> Option<Place>,
) -> Vec<Row<'list>> {
    let row = |(index, entry)| row(index, entry, rules, &place);
    entries.iter().enumerate().filter_map(row).collect()
}

fn row<'list, Mark>(
    index: usize,
    entry: &'list RankedEntry<Mark>,
    rules: &StandingsRules,
    place: impl Fn(&Mark) -> Option<Place>,
) -> Option<Row<'list>> {
    let mut measured = None;
    let finish = match &entry.finish {
        Finish::Marked(mark) => {
            let (placement, by) = place(mark)?;
            measured = by;
            Finish::Marked(placement)
        }
        Finish::Unplaced => Finish::Unplaced,
        Finish::Disqualified => Finish::Disqualified,
        Finish::Absent => Finish::Absent,
    };
    let team = entry.team.as_ref();
    Some(Row {
        index,
        player: entry.player,
        team: team.map(|it| &*it.name),
        weight: team.map_or(MemberWeight::ONE, |it| it.weight),
        finish,
        measured,
        tie_break: entry.tie_break.map(|it| Cost::of(it, rules.tie_break)),
    })
}

fn rank(rows: &[Row<'_>], rules: &StandingsRules) -> Result<Standings, Vec<ResultsProblem>> {
    let contenders = teams::contenders(rows);
    if rules.ties == TieRule::Ordinal {
        let order = Order::of(contenders, rules.tie_break)?;
        return Ok(placed_by(rows, |row, placement| order.placement(row).unwrap_or(placement)));
    }
    let ladder = Ladder::new(contenders.into_iter().map(|(placement, _)| placement), rules.ties);
    Ok(placed_by(rows, |_, placement| ladder.placement(&placement)))
}

/// The standings of `rows`, each with the place that `place` makes of its placement in the list.
fn placed_by(rows: &[Row<'_>], place: impl Fn(&Row<'_>, Placement) -> Placement) -> Standings {
    let membership = |row: &Row<'_>| {
        row.team.map(|name| Membership { name: name.to_owned(), weight: row.weight })
    };
    let standing = |row: &Row<'_>| Standing {
        player: row.player,
        team: membership(row),
        outcome: match row.finish {
            Finish::Marked(placement) => Outcome::Placed(place(row, placement)),
            Finish::Unplaced => Outcome::Unplaced,
            Finish::Disqualified => Outcome::Disqualified,
            Finish::Absent => Outcome::Absent,
        },
        record: MatchRecord::default(),
        measured: row.measured,
    };
    Standings::new(rows.iter().map(standing).collect())
}
