//! Ranked lists become standings, or are refused with all that is wrong.

use domain::{
    Better, Finish, OnDuplicate, OnGap, Outcome, Placement, PlayerId, RankedEntry, RankedList,
    Results, ResultsProblem, Standings, StandingsRules, TextProblem, TieBreak, TieRule, standings,
};

const BEST: StandingsRules = StandingsRules { on_duplicate: OnDuplicate::Best, ..rules() };

#[test]
fn ties_share_the_better_placement_and_the_next_is_skipped() {
    let list = placements(&[("a", 1), ("b", 2), ("c", 2), ("d", 4)]);

    assert_eq!(ranks(&list, rules(), "abcd"), [1, 2, 2, 4]);
}

#[test]
fn a_list_that_counts_densely_means_the_same() {
    let list = placements(&[("a", 1), ("b", 2), ("c", 2), ("d", 3)]);

    assert_eq!(ranks(&list, rules(), "abcd"), [1, 2, 2, 4]);
}

#[test]
fn a_list_may_count_both_ways() {
    let list = placements(&[("a", 1), ("b", 1), ("c", 3), ("d", 3), ("e", 4)]);

    assert_eq!(ranks(&list, rules(), "abcde"), [1, 1, 3, 3, 5]);
}

#[test]
fn the_dense_rule_skips_nothing() {
    let list = placements(&[("a", 1), ("b", 2), ("c", 2), ("d", 4)]);

    assert_eq!(ranks(&list, dense(), "abcd"), [1, 2, 2, 3]);
}

#[test]
fn a_placement_that_cannot_follow_is_refused_where_it_stands() {
    let list = placements(&[("d", 6), ("a", 1), ("b", 2), ("c", 2), ("e", 9)]);

    let problems = refused(&list, rules());

    let expected = [placement(3), placement(4)];
    let gap = ResultsProblem::Gap { row: 0, player: id("d"), found: placement(6), expected };
    assert_eq!(problems.first(), Some(&gap));
    assert_eq!(rows(&problems), [Some(0), Some(4)]);
    assert_eq!(
        gap.describe(&|_| "Dee".into()),
        "Dee is placed 6, but the next placement is 3 or 4"
    );
}

#[test]
fn a_list_that_does_not_start_at_one_has_a_gap() {
    let problems = refused(&placements(&[("a", 2)]), rules());

    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems[0].describe(&|_| "Ada".into()),
        "Ada is placed 2, but the next placement is 1"
    );
}

#[test]
fn gaps_can_be_closed() {
    let closing = StandingsRules { on_gap: OnGap::Close, ..rules() };

    assert_eq!(ranks(&placements(&[("a", 2), ("b", 7), ("c", 7)]), closing, "abc"), [1, 2, 2]);
}

#[test]
fn whoever_is_not_placed_keeps_the_reason() {
    let list = Results::Ranked(RankedList::Placements(vec![
        entry("a", Finish::Marked(Placement::FIRST)),
        entry("b", Finish::Unplaced),
        entry("c", Finish::Absent),
        entry("d", Finish::Disqualified),
    ]));

    let standings = standings(&list, &rules()).unwrap();

    assert_eq!(outcome(&standings, "b"), Outcome::Unplaced);
    assert_eq!(outcome(&standings, "c"), Outcome::Absent);
    assert_eq!(outcome(&standings, "d"), Outcome::Disqualified);
    assert_eq!(standings.field_size(), 3);
}

#[test]
fn a_participant_listed_twice_is_refused_with_both_rows() {
    let problems = refused(&placements(&[("a", 1), ("b", 2), ("a", 3)]), rules());

    assert_eq!(problems, [ResultsProblem::Duplicate { row: 2, first_row: 0, player: id("a") }]);
    assert_eq!(problems[0].first_row(), Some(0));
}

/// Two drivers share the second car; one of them is fourth with the third driver's car as well.
#[test]
fn a_shared_drive_counts_with_the_better_finish() {
    let list = placements(&[("a", 1), ("b", 2), ("c", 2), ("d", 3), ("b", 4), ("e", 5)]);

    assert_eq!(ranks(&list, BEST, "abcde"), [1, 2, 2, 4, 5]);
}

#[test]
fn the_better_finish_is_placed_then_unplaced_then_disqualified_then_absent() {
    let finishes =
        [Finish::Absent, Finish::Disqualified, Finish::Unplaced, Finish::Marked(Placement::FIRST)];
    let best = [
        Outcome::Absent,
        Outcome::Disqualified,
        Outcome::Unplaced,
        Outcome::Placed(Placement::FIRST),
    ];

    for (upto, expected) in best.into_iter().enumerate() {
        let rows = finishes.iter().take(upto + 1).map(|it| entry("a", *it)).collect();
        let standings = standings(&Results::Ranked(RankedList::Placements(rows)), &BEST).unwrap();
        assert_eq!(outcome(&standings, "a"), expected);
    }
}

#[test]
fn measured_values_rank_from_the_better_end() {
    let marks = [("a", 9.81), ("b", 9.79), ("c", 9.81), ("d", 10.2)];

    assert_eq!(ranks(&measured(Better::Lower, &marks), rules(), "abcd"), [2, 1, 2, 4]);
    assert_eq!(ranks(&measured(Better::Higher, &marks), rules(), "abcd"), [2, 4, 2, 1]);
    assert_eq!(ranks(&measured(Better::Lower, &marks), dense(), "abcd"), [2, 1, 2, 3]);
}

#[test]
fn the_two_zeros_tie() {
    let list = measured(Better::Higher, &[("a", 0.0), ("b", -0.0), ("c", -1.0)]);

    assert_eq!(ranks(&list, rules(), "abc"), [1, 1, 3]);
}

#[test]
fn a_value_that_is_no_finite_number_is_refused() {
    let marks = [("a", 1.0), ("b", f64::NAN), ("c", f64::INFINITY), ("d", f64::NEG_INFINITY)];

    let problems = refused(&measured(Better::Lower, &marks), rules());

    let not_finite = |row, name| ResultsProblem::NotFinite { row, player: id(name) };
    assert_eq!(problems, [not_finite(1, "b"), not_finite(2, "c"), not_finite(3, "d")]);
}

#[test]
fn no_rows_are_no_results() {
    assert_eq!(refused(&placements(&[]), rules()), [ResultsProblem::Empty]);
    assert_eq!(refused(&measured(Better::Lower, &[]), rules()), [ResultsProblem::Empty]);
    assert_eq!(refused(&Results::Matches(Vec::new()), rules()), [ResultsProblem::Empty]);
}

#[test]
fn a_team_takes_one_placement_for_all_its_members() {
    let list = teams(&[("a", "X", 1), ("b", "X", 1), ("c", "Y", 2), ("d", "Y", 2), ("e", "Z", 3)]);

    let standings = standings(&list, &rules()).unwrap();

    assert_eq!(ranks(&list, rules(), "abcde"), [1, 1, 2, 2, 3]);
    assert_eq!(standings.field_size(), 3);
}

#[test]
fn tied_teams_skip_as_many_placements_as_there_are_teams() {
    let list = teams(&[("a", "X", 1), ("b", "X", 1), ("c", "Y", 1), ("d", "Z", 3)]);

    assert_eq!(ranks(&list, rules(), "abcd"), [1, 1, 1, 3]);
}

#[test]
fn a_gap_between_teams_is_counted_in_teams() {
    let list = teams(&[("a", "X", 1), ("b", "X", 1), ("c", "Y", 3)]);

    assert!(matches!(refused(&list, rules())[..], [ResultsProblem::Gap { row: 2, .. }]));
}

#[test]
fn a_team_that_ends_apart_is_refused() {
    let problems = refused(&teams(&[("a", "X", 1), ("b", "Y", 2), ("c", "X", 2)]), rules());

    let team = "X".to_owned();
    let divided = ResultsProblem::TeamDivided { row: 2, first_row: 0, player: id("c"), team };
    assert_eq!(problems, [divided]);
}

#[test]
fn a_competing_participant_without_a_team_among_teams_is_refused() {
    let list = list_of(vec![
        RankedEntry { team: Some("X".into()), ..entry("a", Finish::Marked(placement(1))) },
        entry("b", Finish::Marked(placement(2))),
        entry("c", Finish::Absent),
    ]);

    let missing = ResultsProblem::TeamMissing { row: 1, player: id("b") };
    assert_eq!(refused(&list, rules()), [missing]);
}

#[test]
fn a_team_that_is_called_no_readable_text_is_refused() {
    let member = |name, team: &str| RankedEntry {
        team: Some(team.into()),
        ..entry(name, Finish::Marked(placement(1)))
    };
    let list = list_of(vec![member("a", "X"), member("b", "Y\0"), member("c", " ")]);

    let unreadable =
        |row, name, problem| ResultsProblem::TeamUnreadable { row, player: id(name), problem };
    let control = unreadable(1, "b", TextProblem::Control { letter: '\0' });
    let empty = unreadable(2, "c", TextProblem::Empty);
    assert_eq!(refused(&list, rules()), [control, empty]);
}

#[test]
fn an_absent_member_does_not_divide_a_team() {
    let member = |name, finish| RankedEntry { team: Some("X".into()), ..entry(name, finish) };
    let list =
        list_of(vec![member("a", Finish::Marked(placement(1))), member("b", Finish::Absent)]);

    let standings = standings(&list, &rules()).unwrap();

    assert_eq!(outcome(&standings, "b"), Outcome::Absent);
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_rows() {
    let problems = refused(&placements(&[("a", 1), ("a", 5), ("b", 9)]), rules());

    assert_eq!(rows(&problems), [Some(1), Some(1), Some(2)]);
    assert!(problems.iter().all(|it| !it.advice().is_empty() && !it.to_string().is_empty()));
}

const fn rules() -> StandingsRules {
    StandingsRules {
        ties: TieRule::Skip,
        tie_break: TieBreak::Lower,
        points: domain::LeaguePoints { win: 3, draw: 1, loss: 0 },
        on_duplicate: OnDuplicate::Refuse,
        on_gap: OnGap::Refuse,
    }
}

fn dense() -> StandingsRules {
    StandingsRules { ties: TieRule::Dense, ..rules() }
}

fn id(name: &str) -> PlayerId {
    PlayerId::of(name)
}

fn placement(rank: u32) -> Placement {
    Placement::new(rank).expect("ranks count from 1")
}

fn entry<Mark>(name: &str, finish: Finish<Mark>) -> RankedEntry<Mark> {
    RankedEntry::new(id(name), finish)
}

fn list_of(entries: Vec<RankedEntry<Placement>>) -> Results {
    Results::Ranked(RankedList::Placements(entries))
}

fn placements(rows: &[(&str, u32)]) -> Results {
    list_of(rows.iter().map(|it| entry(it.0, Finish::Marked(placement(it.1)))).collect())
}

fn teams(rows: &[(&str, &str, u32)]) -> Results {
    let member = |(name, team, rank): &(&str, &str, u32)| RankedEntry {
        team: Some((*team).into()),
        ..entry(name, Finish::Marked(placement(*rank)))
    };
    list_of(rows.iter().map(member).collect())
}

fn measured(better: Better, rows: &[(&str, f64)]) -> Results {
    let entries = rows.iter().map(|it| entry(it.0, Finish::Marked(it.1))).collect();
    Results::Ranked(RankedList::Measured { better, entries })
}

fn refused(results: &Results, rules: StandingsRules) -> Vec<ResultsProblem> {
    standings(results, &rules).expect_err("problems")
}

fn rows(problems: &[ResultsProblem]) -> Vec<Option<usize>> {
    problems.iter().map(ResultsProblem::row).collect()
}

fn outcome(standings: &Standings, name: &str) -> Outcome {
    standings.entries().iter().find(|it| it.player == id(name)).expect("a participant").outcome
}

/// The ranks of the players whose names are the letters of `names`.
fn ranks(results: &Results, rules: StandingsRules, names: &str) -> Vec<u32> {
    let standings = standings(results, &rules).expect("standings");
    let rank = |name: char| {
        outcome(&standings, &name.to_string()).placement().expect("a placement").rank()
    };
    names.chars().map(rank).collect()
}
