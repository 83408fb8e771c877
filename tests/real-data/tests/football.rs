//! The football cups end as everybody remembers.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use cli::import::{Import, ImportOptions, ImportedTournament};
use domain::{Results, StandingsRules};

/// The names of those placed first to third, and how many took part.
fn podium(cup: &str) -> (Vec<(u32, String)>, u32) {
    let tournament = import(cup);
    let standings = tournament.standings(&StandingsRules::default()).unwrap();
    let mut podium = Vec::new();
    for standing in standings.entries() {
        let player = tournament.players.iter().find(|it| it.id == standing.player).unwrap();
        let rank = standing.outcome.placement().unwrap().rank();
        podium.extend((rank <= 3).then(|| (rank, player.name.clone())));
    }
    podium.sort();
    (podium, standings.field_size())
}

fn import(cup: &str) -> ImportedTournament {
    let path = real_data::path(&format!("football/{cup}.json"));
    let import = Import::open(&path, &ImportOptions::default()).unwrap();
    let mut tournaments = import.tournaments();
    let tournament = tournaments.next().unwrap().unwrap();
    assert!(tournaments.next().is_none());
    tournament
}

fn assert_podium(cup: &str, expected: &[(u32, &str)], teams: u32) {
    let expected = expected.iter().map(|(rank, name)| (*rank, (*name).to_owned())).collect();
    assert_eq!(podium(cup), (expected, teams), "{cup}");
}

#[test]
fn the_podiums_are_those_of_the_history_books() {
    assert_podium("worldcup-2010", &[(1, "Spain"), (2, "Netherlands"), (3, "Germany")], 32);
    assert_podium("worldcup-2014", &[(1, "Germany"), (2, "Argentina"), (3, "Netherlands")], 32);
    assert_podium("worldcup-2018", &[(1, "France"), (2, "Croatia"), (3, "Belgium")], 32);
}

#[test]
fn without_a_third_place_match_both_losing_semi_finalists_share_third_place() {
    assert_podium("euro-2020", &[(1, "Italy"), (2, "England"), (3, "Denmark"), (3, "Spain")], 24);
}

#[test]
fn every_match_is_read_and_a_team_is_the_same_player_in_every_cup() {
    let cups = ["worldcup-2010", "worldcup-2014", "worldcup-2018", "euro-2020"].map(import);

    let matches = cups.iter().map(|it| match &it.results {
        Results::Matches(matches) => matches.len(),
        Results::Ranked(_) => 0,
    });
    assert_eq!(matches.collect::<Vec<_>>(), [64, 64, 64, 51]);
    let last_days: Vec<_> = cups.iter().map(|it| it.occurred_on.as_deref().unwrap()).collect();
    assert_eq!(last_days, ["2010-07-11", "2014-07-13", "2018-07-15", "2021-07-11"]);
    for cup in &cups {
        assert!(cup.players.iter().any(|it| it.key == "germany" && it.name == "Germany"));
    }
}
