//! The table of a league or a group.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{LeaguePoints, Match, PlayerId, Score, Side};

/// A line of a table; the greater is the better one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    points: u64,
    goal_difference: i64,
    goals_for: u64,
}

impl Line {
    fn add(&mut self, score: &Score, side: Side, points: LeaguePoints) {
        let (home, away) = score.goals();
        let (scored, conceded) = match side {
            Side::Home => (home, away),
            Side::Away => (away, home),
        };
        let earned = match score.leader() {
            None => points.draw,
            Some(leader) if leader == side => points.win,
            Some(_) => points.loss,
        };
        self.points += u64::from(earned);
        self.goal_difference += i64::from(scored) - i64::from(conceded);
        self.goals_for += u64::from(scored);
    }
}

/// The table of `matches`.
pub(super) fn table<'m>(
    matches: impl Iterator<Item = &'m Match>,
    points: LeaguePoints,
) -> BTreeMap<PlayerId, Line> {
    let mut table: BTreeMap<PlayerId, Line> = BTreeMap::new();
    for game in matches {
        for side in Side::BOTH {
            table.entry(game.player(side)).or_default().add(&game.score, side, points);
        }
    }
    table
}

/// What the places of a league go by: the table, then the table of the matches between those who
/// are level in it.
pub(super) fn keys(
    matches: &[Match],
    points: LeaguePoints,
) -> BTreeMap<PlayerId, Reverse<(Line, Line)>> {
    let overall = table(matches.iter(), points);
    let level = |it: &&Match| overall.get(&it.home) == overall.get(&it.away);
    let mutual = table(matches.iter().filter(level), points);
    let mutual_line = |player| mutual.get(player).copied().unwrap_or_default();
    overall.iter().map(|(player, line)| (*player, Reverse((*line, mutual_line(player))))).collect()
}
