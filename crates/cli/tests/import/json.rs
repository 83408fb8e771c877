//! What is read from JSON of matches.

use cli::import::ImportOptions;
use domain::{Match, PlayerId, Results, Round, Score};

use crate::support::{file, read_one};

const LIST: &str = r#"{"name": "Cup",
 "matches": [
  {"round": "Final", "date": "2020-02-02", "team1": "Côte d'Ivoire", "team2": "Japan",
   "score": {"ft": [1, 1], "et": [2, 2], "p": [5, 4]}},
  {"round": "Matchday 1", "date": "2020-02-01", "group": "Group A",
   "team1": "Japan", "team2": "Peru", "score": {"ft": [3, 0], "ht": [1, 0]}}
 ]}"#;

const ROUNDS: &str = r#"{"name": "Cup",
 "rounds": [
  {"name": "Final", "matches": [
   {"date": "2020-02-02",
    "team1": {"name": "Côte d'Ivoire", "code": "CIV"}, "team2": {"name": "Japan"},
    "score": {"ft": [1, 1], "et": [2, 2], "p": [5, 4]}}]},
  {"name": "Matchday 1", "matches": [
   {"date": "2020-02-01", "group": "Group A",
    "team1": {"name": "Japan"}, "team2": {"name": "Peru"}, "score": {"ft": [3, 0]}}]}
 ]}"#;

#[test]
fn both_layouts_say_the_same() {
    let final_match = Match {
        round: Round::Final,
        group: None,
        home: PlayerId::of("cote-d-ivoire"),
        away: PlayerId::of("japan"),
        score: Score { full_time: (1, 1), extra_time: Some((2, 2)), penalties: Some((5, 4)) },
    };
    let group_match = Match {
        round: Round::Group,
        group: Some("Group A".into()),
        home: PlayerId::of("japan"),
        away: PlayerId::of("peru"),
        score: Score::full_time(3, 0),
    };

    for content in [LIST, ROUNDS] {
        let cup = read_one(&file("cup-2020.json", content), &ImportOptions::default());

        assert_eq!((cup.key.as_str(), cup.name.as_str()), ("cup-2020", "Cup"));
        assert_eq!(cup.occurred_on.as_deref(), Some("2020-02-02"));
        let names: Vec<_> = cup.players.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Côte d'Ivoire", "Japan", "Peru"]);
        assert_eq!(cup.results, Results::Matches(vec![final_match.clone(), group_match.clone()]));
    }
}

#[test]
fn a_match_is_where_it_begins_and_its_score_where_that_does() {
    let cup = read_one(&file("cup.json", LIST), &ImportOptions::default());

    assert_eq!(cup.source.row_line(1), Some(5));
    assert_eq!(cup.source.line(Some(1), "score"), 6);
    assert_eq!(cup.source.line(Some(1), "participant"), 5);
}

#[test]
fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    let content = format!("\u{feff}{}", LIST.replace('\n', "\r\n"));

    let cup = read_one(&file("cup.json", content), &ImportOptions::default());

    assert_eq!(cup.source.row_line(1), Some(5));
}

#[test]
fn the_user_may_name_the_tournament() {
    let options = ImportOptions { tournament: Some("cup".into()), ..ImportOptions::default() };

    assert_eq!(read_one(&file("x.json", LIST), &options).key, "cup");
}
