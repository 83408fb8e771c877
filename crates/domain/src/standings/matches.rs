//! Standings of matches: a league, or a knockout with or without groups.

use std::collections::{BTreeMap, BTreeSet};

use super::{StandingsRules, bracket, knockout, ladder::Ladder, league, scores};
use crate::{
    Match, MatchRecord, Outcome, PlayerId, ResultsProblem, Round, Side, Standing, Standings,
    TieBreak, TieRule,
};

/// What the places of a tournament go by.
enum Format {
    /// One table.
    League,
    /// A bracket, and whatever groups there were before it.
    Knockout,
}

pub(super) fn standings(
    matches: &[Match],
    rules: &StandingsRules,
) -> Result<Standings, Vec<ResultsProblem>> {
    let mut problems: Vec<ResultsProblem> =
        matches.iter().enumerate().flat_map(|(row, game)| scores::problems(row, game)).collect();
    let format = format(matches).map_err(|problem| problems.push(problem));
    if let Ok(Format::Knockout) = format {
        problems.extend(bracket::problems(matches));
    }
    let ranked = match format {
        Ok(Format::League) if problems.is_empty() => {
            rank(&league::keys(matches, rules.points), matches, rules)
        }
        Ok(Format::Knockout) if problems.is_empty() => {
            rank(&knockout::keys(matches, rules.points), matches, rules)
        }
        _ => Err(problems),
    };
    ranked.map_err(|mut problems| {
        problems.sort_by_key(ResultsProblem::row);
        problems
    })
}

fn format(matches: &[Match]) -> Result<Format, ResultsProblem> {
    let Some(first) = matches.first() else { return Err(ResultsProblem::Empty) };
    let is_league = |it: &Match| it.round == Round::League;
    if let Some(row) = matches.iter().position(|it| is_league(it) != is_league(first)) {
        let round = matches.iter().map(|it| it.round).find(|it| *it != Round::League);
        let round = round.unwrap_or(Round::League);
        return Err(ResultsProblem::LeagueMixed { row, first_row: row.saturating_sub(1), round });
    }
    if matches.iter().any(|it| it.round.is_knockout()) {
        return Ok(Format::Knockout);
    }
    // One group is a league by another name; several say nothing about each other.
    let groups: BTreeSet<Option<&str>> = matches.iter().map(|it| it.group.as_deref()).collect();
    if is_league(first) || groups.len() == 1 {
        Ok(Format::League)
    } else {
        Err(ResultsProblem::NoFinal)
    }
}

fn rank<Key: Ord + Copy>(
    keys: &BTreeMap<PlayerId, Key>,
    matches: &[Match],
    rules: &StandingsRules,
) -> Result<Standings, Vec<ResultsProblem>> {
    if rules.ties != TieRule::Ordinal {
        return Ok(placed(keys, matches, rules.ties));
    }
    match rules.tie_break {
        TieBreak::Listed => {
            let first = appearances(matches.iter().enumerate().rev());
            let apart = |(player, key): (&PlayerId, &Key)| {
                (*player, (*key, first.get(player).copied().unwrap_or_default()))
            };
            Ok(placed(&keys.iter().map(apart).collect(), matches, rules.ties))
        }
        TieBreak::Lower | TieBreak::Higher => match level(keys, matches) {
            problems if problems.is_empty() => Ok(placed(keys, matches, rules.ties)),
            problems => Err(problems),
        },
    }
}

fn placed<Key: Ord + Copy>(
    keys: &BTreeMap<PlayerId, Key>,
    matches: &[Match],
    ties: TieRule,
) -> Standings {
    let ladder = Ladder::new(keys.values().copied(), ties);
    let records = records(matches);
    let standing = |(player, key): (&PlayerId, &Key)| Standing {
        player: *player,
        team: None,
        outcome: Outcome::Placed(ladder.placement(key)),
        record: records.get(player).copied().unwrap_or_default(),
        measured: None,
    };
    Standings::new(keys.iter().map(standing).collect())
}

/// Where each player is met last among `matches`, as the row and the side.
fn appearances<'m>(
    matches: impl Iterator<Item = (usize, &'m Match)>,
) -> BTreeMap<PlayerId, (usize, usize)> {
    let sides = [(1, Side::Away), (0, Side::Home)];
    let met = matches
        .flat_map(|(row, game)| sides.map(|(order, side)| (game.player(side), (row, order))));
    met.collect()
}

/// Everybody who ends level with somebody listed before, each where they played last.
fn level<Key: Ord + Copy>(
    keys: &BTreeMap<PlayerId, Key>,
    matches: &[Match],
) -> Vec<ResultsProblem> {
    let last = appearances(matches.iter().enumerate());
    let row = |player| last.get(&player).map_or(0, |it| it.0);
    let ladder = Ladder::new(keys.values().copied(), TieRule::Skip);
    let mut places: BTreeMap<Key, Vec<(usize, PlayerId)>> = BTreeMap::new();
    for (player, key) in keys {
        places.entry(*key).or_default().push((row(*player), *player));
    }
    let mut problems = Vec::new();
    for (key, mut equals) in places {
        equals.sort_unstable();
        let Some(((first_row, _), others)) = equals.split_first() else { continue };
        let (first_row, placement) = (*first_row, ladder.placement(&key));
        problems.extend(others.iter().map(|(row, player)| ResultsProblem::LevelInMatches {
            row: *row,
            first_row,
            player: *player,
            placement,
        }));
    }
    problems
}

fn records(matches: &[Match]) -> BTreeMap<PlayerId, MatchRecord> {
    let mut records: BTreeMap<PlayerId, MatchRecord> = BTreeMap::new();
    for game in matches {
        for side in Side::BOTH {
            count(records.entry(game.player(side)).or_default(), game, side);
        }
    }
    records
}

fn count(record: &mut MatchRecord, game: &Match, side: Side) {
    let (home, away) = game.score.goals();
    let (scored, conceded) = match side {
        Side::Home => (home, away),
        Side::Away => (away, home),
    };
    record.goals_for = record.goals_for.saturating_add(scored);
    record.goals_against = record.goals_against.saturating_add(conceded);
    match game.score.winner() {
        None => record.draws += 1,
        Some(winner) if winner == side => record.wins += 1,
        Some(_) => record.losses += 1,
    }
}
