//! Matches become standings: leagues, groups, brackets.

use domain::{MatchRecord, Round, Score, StandingsRules, TieRule, standings};

use crate::games::{cup, game, group_game, league, ranks, record, results, with_extra_time};

#[test]
fn the_third_place_match_decides_third_and_fourth() {
    assert_eq!(ranks(&cup(), StandingsRules::default(), "abcdefgh"), [1, 2, 3, 4, 5, 5, 5, 5]);
}

#[test]
fn without_a_third_place_match_the_losing_semi_finalists_share_third() {
    let games: Vec<_> = cup().into_iter().filter(|it| it.round != Round::ThirdPlace).collect();

    assert_eq!(ranks(&games, StandingsRules::default(), "abcd"), [1, 2, 3, 3]);
    assert_eq!(ranks(&games, dense(), "abcdefgh"), [1, 2, 3, 3, 4, 4, 4, 4]);
}

#[test]
fn losers_of_the_round_of_sixteen_share_ninth() {
    let first_round = ["ai", "bj", "ck", "dl", "em", "fn", "go", "hp"];
    let mut games: Vec<_> =
        first_round.iter().map(|pair| game(Round::RoundOf16, pair, 1, 0)).collect();
    games.extend(cup());

    let ranks = ranks(&games, StandingsRules::default(), "efghijklmnop");

    assert_eq!(ranks, [5, 5, 5, 5, 9, 9, 9, 9, 9, 9, 9, 9]);
}

#[test]
fn with_byes_a_loser_ranks_behind_all_who_came_further() {
    let games = [
        game(Round::QuarterFinal, "be", 2, 0),
        game(Round::SemiFinal, "ad", 1, 0),
        game(Round::SemiFinal, "bc", 1, 0),
        game(Round::Final, "ab", 1, 0),
    ];

    assert_eq!(ranks(&games, StandingsRules::default(), "abcde"), [1, 2, 3, 3, 5]);
}

#[test]
fn those_who_stay_in_the_groups_follow_by_points_goal_difference_and_goals() {
    let games = [
        group_game("A", "ac", 3, 1),
        group_game("A", "ae", 1, 0),
        group_game("A", "ce", 1, 1),
        group_game("B", "bd", 3, 2),
        group_game("B", "bf", 5, 0),
        group_game("B", "df", 1, 1),
        game(Round::Final, "ab", 1, 0),
    ];

    // One point each: d 3:4, e 1:2, c 2:4, f 1:6; d and e differ by goals alone.
    assert_eq!(ranks(&games, StandingsRules::default(), "abdecf"), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn equal_lines_of_different_groups_tie() {
    let games = [
        group_game("A", "ac", 2, 0),
        group_game("B", "bd", 2, 0),
        group_game("B", "be", 3, 0),
        game(Round::Final, "ab", 1, 0),
    ];

    assert_eq!(ranks(&games, StandingsRules::default(), "abcde"), [1, 2, 3, 3, 5]);
    assert_eq!(ranks(&games, dense(), "abcde"), [1, 2, 3, 3, 4]);
}

#[test]
fn a_league_ranks_by_points_before_goals() {
    let games = [league("ab", 1, 0), league("ac", 1, 0), league("bc", 9, 0)];

    assert_eq!(ranks(&games, StandingsRules::default(), "abc"), [1, 2, 3]);
}

#[test]
fn the_policy_says_what_a_match_is_worth() {
    let games = [league("ab", 1, 0), league("ac", 0, 2), league("bc", 0, 0), league("bc", 0, 0)];
    let mut rules = StandingsRules::default();
    rules.points.draw = 5;

    assert_eq!(ranks(&games, StandingsRules::default(), "abc"), [2, 3, 1]);
    assert_eq!(ranks(&games, rules, "abc"), [3, 2, 1]);
}

#[test]
fn equals_of_a_league_are_told_apart_by_their_own_matches() {
    let games = [league("ab", 1, 0), league("ac", 0, 1), league("bc", 1, 0), league("bd", 0, 0)]
        .into_iter()
        .chain([league("ad", 0, 0), league("cd", 3, 2), league("cd", 2, 3)])
        .collect::<Vec<_>>();

    // a and b end with 4 points and 1:1 each; a has beaten b.
    assert_eq!(ranks(&games, StandingsRules::default(), "cdab"), [1, 2, 3, 4]);
}

#[test]
fn equals_whose_own_matches_are_level_tie() {
    let games = [league("ab", 1, 1), league("ac", 1, 0), league("bc", 1, 0)];

    assert_eq!(ranks(&games, StandingsRules::default(), "abc"), [1, 1, 3]);
}

#[test]
fn a_single_group_without_a_knockout_is_a_league() {
    let games = [group_game("A", "ab", 1, 0), group_game("A", "bc", 1, 0)];

    assert_eq!(ranks(&games, StandingsRules::default(), "abc"), [1, 2, 3]);
}

#[test]
fn a_shoot_out_is_won_and_lost_and_its_penalties_are_no_goals() {
    let score = Score { penalties: Some((4, 2)), ..with_extra_time((1, 1), (2, 2)) };
    let mut game = game(Round::Final, "ab", 0, 0);
    game.score = score;

    let games = [game];

    let won = MatchRecord { wins: 1, draws: 0, losses: 0, goals_for: 2, goals_against: 2 };
    assert_eq!(record(&games, 'a'), won);
    assert_eq!(record(&games, 'b'), MatchRecord { wins: 0, losses: 1, ..won });
}

#[test]
fn a_level_match_is_drawn_by_both() {
    let games = [league("ab", 2, 2), league("ba", 0, 0), league("ab", 1, 0)];

    let drawn = |wins, losses, goals_for, goals_against| MatchRecord {
        wins,
        draws: 2,
        losses,
        goals_for,
        goals_against,
    };
    assert_eq!(record(&games, 'a'), drawn(1, 0, 3, 2));
    assert_eq!(record(&games, 'b'), drawn(0, 1, 2, 3));
}

#[test]
fn a_shoot_out_in_a_league_earns_the_points_of_a_draw() {
    let mut shoot_out = league("ab", 0, 0);
    shoot_out.score.penalties = Some((5, 4));
    let games = [shoot_out];

    assert_eq!(ranks(&games, StandingsRules::default(), "ab"), [1, 1]);
    assert_eq!(record(&games, 'a').wins, 1);
}

#[test]
fn standings_do_not_depend_on_the_order_of_the_matches() {
    let mut reversed = cup();
    reversed.reverse();

    let rules = StandingsRules::default();
    assert_eq!(standings(&results(&cup()), &rules), standings(&results(&reversed), &rules));
}

fn dense() -> StandingsRules {
    StandingsRules { ties: TieRule::Dense, ..StandingsRules::default() }
}
