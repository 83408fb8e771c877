//! The places of a knockout, and of the groups before it.

use std::{cmp::Reverse, collections::BTreeMap};

use super::league::{self, Line};
use crate::{LeaguePoints, Match, PlayerId, Round, Side};

/// How far somebody came; the smaller is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// Won the final.
    First,
    /// Lost the final.
    Second,
    /// Won the third-place match.
    Third,
    /// Lost the third-place match.
    Fourth,
    /// Played in this round, and in none after it.
    Reached(Reverse<Round>),
    /// Stayed in the groups, with this line.
    Group(Reverse<Line>),
}

/// What the places of a tournament with a final go by. The rank of a round's losers follows from
/// it: 1 + those who came further, which is 5, 9, 17 in a full bracket.
pub(super) fn keys(matches: &[Match], points: LeaguePoints) -> BTreeMap<PlayerId, Tier> {
    let mut tiers: BTreeMap<PlayerId, Tier> = BTreeMap::new();
    for game in matches.iter().filter(|it| it.round.is_knockout()) {
        for side in Side::BOTH {
            let tier = tier(game, side);
            let best = tiers.entry(game.player(side)).or_insert(tier);
            *best = tier.min(*best);
        }
    }
    let group_matches = matches.iter().filter(|it| !it.round.is_knockout());
    for (player, line) in league::table(group_matches, points) {
        tiers.entry(player).or_insert(Tier::Group(Reverse(line)));
    }
    tiers
}

fn tier(game: &Match, side: Side) -> Tier {
    let won = game.score.winner() == Some(side);
    match (game.round, won) {
        (Round::Final, true) => Tier::First,
        (Round::Final, false) => Tier::Second,
        (Round::ThirdPlace, true) => Tier::Third,
        (Round::ThirdPlace, false) => Tier::Fourth,
        (round, _) => Tier::Reached(Reverse(round)),
    }
}
