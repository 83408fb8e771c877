//! Standings of matches: a league, or a knockout with or without groups.

use std::collections::{BTreeMap, BTreeSet};

use super::{StandingsRules, bracket, knockout, ladder::Ladder, league, scores};
use crate::{
    Match, MatchRecord, Outcome, PlayerId, ResultsProblem, Round, Side, Standing, Standings,
    TieRule,
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
    match format {
        Ok(Format::League) if problems.is_empty() => {
            Ok(rank(&league::keys(matches, rules.points), matches, rules.ties))
        }
        Ok(Format::Knockout) if problems.is_empty() => {
            Ok(rank(&knockout::keys(matches, rules.points), matches, rules.ties))
        }
        _ => {
            problems.sort_by_key(ResultsProblem::row);
            Err(problems)
        }
    }
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
    ties: TieRule,
) -> Standings {
    let ladder = Ladder::new(keys.values().copied(), ties);
    let records = records(matches);
    let standing = |(player, key): (&PlayerId, &Key)| Standing {
        player: *player,
        team: None,
        outcome: Outcome::Placed(ladder.placement(key)),
        record: records.get(player).copied().unwrap_or_default(),
    };
    Standings::new(keys.iter().map(standing).collect())
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
