//! Small tournaments of matches; a pairing is two letters, the home side first.

use domain::{
    Match, MatchRecord, PlayerId, Results, Round, Score, Standing, StandingsRules, standings,
};

pub(crate) fn id(letter: char) -> PlayerId {
    PlayerId::of(&letter.to_string())
}

pub(crate) fn game(round: Round, pair: &str, home: u32, away: u32) -> Match {
    let mut sides = pair.chars().map(id);
    Match {
        round,
        group: None,
        home: sides.next().expect("two letters"),
        away: sides.next().expect("two letters"),
        score: Score::full_time(home, away),
    }
}

pub(crate) fn group_game(group: &str, pair: &str, home: u32, away: u32) -> Match {
    Match { group: Some(group.to_owned()), ..game(Round::Group, pair, home, away) }
}

pub(crate) fn league(pair: &str, home: u32, away: u32) -> Match {
    game(Round::League, pair, home, away)
}

/// Eight players: a beats b in the final, c beats d for third place.
pub(crate) fn cup() -> Vec<Match> {
    vec![
        game(Round::QuarterFinal, "ae", 1, 0),
        game(Round::QuarterFinal, "fb", 0, 1),
        game(Round::QuarterFinal, "cg", 1, 0),
        game(Round::QuarterFinal, "dh", 1, 0),
        game(Round::SemiFinal, "ad", 1, 0),
        game(Round::SemiFinal, "cb", 0, 1),
        game(Round::ThirdPlace, "cd", 1, 0),
        game(Round::Final, "ab", 1, 0),
    ]
}

pub(crate) fn with_extra_time(full_time: (u32, u32), extra_time: (u32, u32)) -> Score {
    Score { full_time, extra_time: Some(extra_time), penalties: None }
}

pub(crate) fn results(games: &[Match]) -> Results {
    Results::Matches(games.to_vec())
}

/// The ranks of the players whose names are the letters of `names`.
pub(crate) fn ranks(games: &[Match], rules: StandingsRules, names: &str) -> Vec<u32> {
    let rank = |name| standing(games, rules, name).outcome.placement().expect("a placement").rank();
    names.chars().map(rank).collect()
}

pub(crate) fn record(games: &[Match], name: char) -> MatchRecord {
    standing(games, StandingsRules::default(), name).record
}

fn standing(games: &[Match], rules: StandingsRules, name: char) -> Standing {
    let standings = standings(&results(games), &rules).expect("standings");
    standings.entries().iter().find(|it| it.player == id(name)).expect("a participant").clone()
}
