//! Places that are taken once: tie-breaks of lists, of teams and of matches; and members of two teams.

use domain::{
    Better, Finish, OnDuplicate, Placement, PlayerId, RankedEntry, RankedList, Results,
    ResultsProblem, StandingsRules, TieBreak, TieRule, standings,
};

use crate::games::{cup, league, ranks as ranks_of_games, results as results_of_games};

fn rules(tie_break: TieBreak) -> StandingsRules {
    StandingsRules { ties: TieRule::Ordinal, tie_break, ..StandingsRules::default() }
}

#[test]
fn the_smaller_tie_break_is_the_better_one_unless_the_policy_says_otherwise() {
    let list = list(&[("a", 1, Some(0.5)), ("b", 2, Some(7.0)), ("c", 2, Some(-1.0))]);

    assert_eq!(ranks(&list, TieBreak::Lower, "abc"), [1, 3, 2]);
    assert_eq!(ranks(&list, TieBreak::Higher, "abc"), [1, 2, 3]);
    assert_eq!(ranks(&list, TieBreak::Listed, "abc"), [1, 2, 3]);
}

#[test]
fn whoever_is_listed_first_is_the_better_one_where_the_policy_says_so() {
    let list = list(&[("z", 2, None), ("a", 2, None), ("m", 1, None), ("b", 2, None)]);

    assert_eq!(ranks(&list, TieBreak::Listed, "mzab"), [1, 2, 3, 4]);
}

#[test]
fn a_tie_break_decides_between_equal_values_too() {
    let entries = vec![
        with(RankedEntry::new(id("a"), Finish::Marked(9.5)), Some(2.0)),
        with(RankedEntry::new(id("b"), Finish::Marked(9.5)), Some(1.0)),
        with(RankedEntry::new(id("c"), Finish::Marked(8.0)), None),
    ];
    let list = Results::Ranked(RankedList::Measured { better: Better::Higher, entries });

    assert_eq!(ranks(&list, TieBreak::Lower, "abc"), [2, 1, 3]);
}

#[test]
fn a_tie_that_nothing_breaks_is_refused_with_both_rows() {
    let list = list(&[
        ("a", 1, None),
        ("b", 2, Some(1.0)),
        ("c", 2, Some(1.0)),
        ("d", 2, Some(0.0)),
        ("e", 2, Some(-0.0)),
        ("f", 6, None),
        ("g", 6, Some(3.0)),
    ]);

    let problems = refused(&list, rules(TieBreak::Lower));

    let tie = |row, first_row, name: &str, rank| ResultsProblem::UnbrokenTie {
        row,
        first_row,
        player: id(name),
        placement: Placement::new(rank).unwrap(),
    };
    assert_eq!(problems, [tie(2, 1, "c", 2), tie(4, 3, "e", 2), tie(6, 5, "g", 6)]);
    assert!(problems.iter().all(|it| it.field() == "tie-break" && it.advice().contains("listed")));
}

#[test]
fn where_equals_share_their_place_tie_breaks_decide_nothing() {
    let list = list(&[("a", 1, Some(2.0)), ("b", 1, Some(1.0))]);

    let standings = standings(&list, &StandingsRules::default()).unwrap();

    let ranks = standings.entries().iter().filter_map(|it| it.outcome.placement());
    assert_eq!(ranks.map(Placement::rank).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_tie_break_that_is_no_finite_number_is_refused() {
    let list = list(&[("a", 1, Some(f64::NAN)), ("b", 2, Some(f64::INFINITY)), ("c", 3, None)]);

    let problems = refused(&list, StandingsRules::default());

    let problem = |row, name| ResultsProblem::TieBreakNotFinite { row, player: id(name) };
    assert_eq!(problems, [problem(0, "a"), problem(1, "b")]);
}

#[test]
fn the_best_tie_break_of_its_members_is_that_of_a_team() {
    let member = |name, team: &str, tie_break| RankedEntry {
        team: Some(team.into()),
        tie_break,
        ..RankedEntry::new(id(name), Finish::Marked(Placement::FIRST))
    };
    let entries = vec![
        member("a", "red", Some(5.0)),
        member("b", "blue", Some(4.0)),
        member("c", "red", Some(3.0)),
        member("d", "blue", None),
    ];
    let list = Results::Ranked(RankedList::Placements(entries));

    assert_eq!(ranks(&list, TieBreak::Lower, "abcd"), [1, 2, 1, 2]);
    assert_eq!(ranks(&list, TieBreak::Higher, "abcd"), [1, 2, 1, 2]);
    assert_eq!(ranks(&list, TieBreak::Listed, "abcd"), [1, 2, 1, 2]);
}

#[test]
fn matches_leave_no_tie_open_but_those_that_the_order_of_the_matches_decides() {
    let games = cup();

    let listed = ranks_of_games(&games, rules(TieBreak::Listed), "abcdefgh");
    let problems = refused(&results_of_games(&games), rules(TieBreak::Lower));

    assert_eq!(listed, [1, 2, 3, 4, 5, 6, 7, 8]);
    let rows: Vec<_> = problems.iter().map(|it| (it.row(), it.first_row())).collect();
    assert_eq!(rows, [(Some(1), Some(0)), (Some(2), Some(0)), (Some(3), Some(0))]);
    assert!(problems.iter().all(|it| it.field() == "participant" && it.players().len() == 1));
    assert!(problems[0].to_string().contains("at place 5 after all matches"), "{}", problems[0]);
}

#[test]
fn a_league_without_ties_needs_no_tie_break() {
    let games = [league("ab", 1, 0), league("bc", 1, 0), league("ac", 2, 0)];

    assert_eq!(ranks_of_games(&games, rules(TieBreak::Lower), "abc"), [1, 2, 3]);
}

#[test]
fn nobody_plays_for_two_teams_even_where_somebody_may_be_listed_twice() {
    let member = |name, team: &str, rank| RankedEntry {
        team: Some(team.into()),
        ..RankedEntry::new(id(name), Finish::Marked(Placement::new(rank).unwrap()))
    };
    let rows = vec![member("a", "red", 1), member("b", "blue", 2), member("a", "blue", 2)];
    let list = Results::Ranked(RankedList::Placements(rows));

    for on_duplicate in [OnDuplicate::Refuse, OnDuplicate::Best] {
        let problems = refused(&list, StandingsRules { on_duplicate, ..StandingsRules::default() });

        let teams = ["red".to_owned(), "blue".to_owned()];
        let twice = ResultsProblem::TwoTeams { row: 2, first_row: 0, player: id("a"), teams };
        assert_eq!(problems, [twice]);
        assert_eq!(problems[0].field(), "team");
    }
}

#[test]
fn a_member_who_is_listed_twice_in_one_team_is_a_duplicate() {
    let member = |rank| RankedEntry {
        team: Some("red".into()),
        ..RankedEntry::new(id("a"), Finish::Marked(Placement::new(rank).unwrap()))
    };
    let list = Results::Ranked(RankedList::Placements(vec![member(1), member(1)]));
    let best = StandingsRules { on_duplicate: OnDuplicate::Best, ..StandingsRules::default() };

    let duplicate = ResultsProblem::Duplicate { row: 1, first_row: 0, player: id("a") };
    assert_eq!(refused(&list, StandingsRules::default()), [duplicate]);
    assert_eq!(standings(&list, &best).unwrap().entries().len(), 1);
}

fn id(name: &str) -> PlayerId {
    PlayerId::of(name)
}

fn with<Mark>(entry: RankedEntry<Mark>, tie_break: Option<f64>) -> RankedEntry<Mark> {
    RankedEntry { tie_break, ..entry }
}

fn list(rows: &[(&str, u32, Option<f64>)]) -> Results {
    let entry = |(name, rank, tie_break): &(&str, u32, Option<f64>)| {
        let finish = Finish::Marked(Placement::new(*rank).expect("ranks count from 1"));
        with(RankedEntry::new(id(name), finish), *tie_break)
    };
    Results::Ranked(RankedList::Placements(rows.iter().map(entry).collect()))
}

/// The ranks of the players whose names are the letters of `names`.
fn ranks(results: &Results, tie_break: TieBreak, names: &str) -> Vec<u32> {
    let standings = standings(results, &rules(tie_break)).expect("standings");
    let rank = |name: char| {
        let of_player = |it: &&domain::Standing| it.player == id(&name.to_string());
        let standing = standings.entries().iter().find(of_player).expect("a participant");
        standing.outcome.placement().expect("a placement").rank()
    };
    names.chars().map(rank).collect()
}

fn refused(results: &Results, rules: StandingsRules) -> Vec<ResultsProblem> {
    standings(results, &rules).expect_err("problems")
}
