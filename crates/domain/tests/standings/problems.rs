//! Matches that do not fit together are refused, with all that is wrong.

use domain::{Match, ResultsProblem, Round, Score, StandingsRules, standings};

use crate::games::{cup, game, group_game, id, league, results, with_extra_time};

#[test]
fn a_knockout_that_is_level_after_everything_has_no_winner() {
    let level = Score { penalties: Some((3, 3)), ..Score::full_time(1, 1) };

    for score in [Score::full_time(1, 1), with_extra_time((1, 1), (2, 2)), level] {
        let problems = refused(&altered(4, |it| it.score = score));

        let no_winner = ResultsProblem::NoWinner { row: 4, home: id('a'), away: id('d') };
        assert_eq!(problems, [no_winner]);
    }
}

#[test]
fn nobody_plays_against_themselves() {
    let problems = refused(&[league("aa", 1, 0)]);

    assert_eq!(problems, [ResultsProblem::AgainstItself { row: 0, player: id('a') }]);
}

#[test]
fn a_score_is_one_that_a_match_can_have() {
    let too_many = ResultsProblem::TooManyGoals { row: 7, home: id('a'), away: id('b') };

    assert_eq!(refused(&altered(7, |it| it.score = Score::full_time(10_001, 1))), [too_many]);
    let most = altered(7, |it| it.score = Score::full_time(10_000, 1));
    assert!(standings(&results(&most), &StandingsRules::default()).is_ok());
}

#[test]
fn problem_points_at_the_row_that_it_contradicts_if_there_is_one() {
    let player = id('a');

    let contradiction = ResultsProblem::Duplicate { row: 7, first_row: 3, player };
    let alone = ResultsProblem::AgainstItself { row: 7, player };

    assert_eq!((contradiction.first_row(), alone.first_row()), (Some(3), None));
}

#[test]
fn penalties_need_a_level_score() {
    let score = Score { penalties: Some((3, 2)), ..Score::full_time(1, 0) };

    let needless = ResultsProblem::NeedlessPenalties { row: 7, home: id('a'), away: id('b') };
    assert_eq!(refused(&altered(7, |it| it.score = score)), [needless]);
}

#[test]
fn extra_time_needs_a_level_score_before_it() {
    let score = with_extra_time((1, 0), (2, 0));

    let needless = ResultsProblem::NeedlessExtraTime { row: 7, home: id('a'), away: id('b') };
    assert_eq!(refused(&altered(7, |it| it.score = score)), [needless]);
}

#[test]
fn extra_time_counts_the_goals_before_it() {
    let score = with_extra_time((1, 1), (1, 0));

    let lost = ResultsProblem::GoalsLost { row: 7, home: id('a'), away: id('b') };
    assert_eq!(refused(&altered(7, |it| it.score = score)), std::slice::from_ref(&lost));
    let other_side = with_extra_time((1, 1), (0, 2));
    assert_eq!(refused(&altered(7, |it| it.score = other_side)), [lost]);
}

#[test]
fn extra_time_may_add_nothing_to_one_side() {
    let games = altered(7, |it| it.score = with_extra_time((1, 1), (1, 2)));

    assert!(standings(&results(&games), &StandingsRules::default()).is_ok());
}

#[test]
fn advice_says_what_to_do_about_this_problem() {
    let against_itself = ResultsProblem::AgainstItself { row: 7, player: id('a') };

    assert_eq!(against_itself.advice(), "correct one of the two sides");
    assert!(ResultsProblem::NoFinal.advice().starts_with("add the final"));
}

#[test]
fn a_league_has_no_knockout_matches() {
    let problems =
        refused(&[league("ab", 1, 0), league("bc", 1, 0), game(Round::Final, "ab", 1, 0)]);

    let mixed = ResultsProblem::LeagueMixed { row: 2, first_row: 1, round: Round::Final };
    assert_eq!(problems, [mixed]);
}

#[test]
fn one_league_match_among_others_is_pointed_out_itself() {
    let mut games = cup();
    games.push(league("ab", 1, 0));

    let mixed = ResultsProblem::LeagueMixed { row: 8, first_row: 7, round: Round::QuarterFinal };
    assert_eq!(refused(&games), [mixed]);
}

#[test]
fn a_knockout_has_a_final() {
    let games: Vec<_> = cup().into_iter().filter(|it| it.round != Round::Final).collect();

    assert_eq!(refused(&games), [ResultsProblem::NoFinal]);
}

#[test]
fn several_groups_alone_decide_nothing() {
    let games = [group_game("A", "ab", 1, 0), group_game("B", "cd", 1, 0)];

    assert_eq!(refused(&games), [ResultsProblem::NoFinal]);
}

#[test]
fn there_is_one_final_and_one_third_place_match() {
    let games = with(&[game(Round::Final, "ba", 1, 0), game(Round::ThirdPlace, "dc", 1, 0)]);

    let second = |row, first_row, round| ResultsProblem::SecondMatch { row, first_row, round };
    assert_eq!(refused(&games), [second(8, 7, Round::Final), second(9, 6, Round::ThirdPlace)]);
}

#[test]
fn a_pairing_is_played_once_in_a_knockout_round() {
    let problems = refused(&with(&[game(Round::QuarterFinal, "ea", 0, 2)]));

    let (home, away, round) = (id('e'), id('a'), Round::QuarterFinal);
    let repeated = ResultsProblem::RepeatedPairing { row: 8, first_row: 0, home, away, round };
    assert_eq!(problems, [repeated]);
}

#[test]
fn nobody_plays_twice_in_a_knockout_round() {
    let problems = refused(&with(&[game(Round::QuarterFinal, "ai", 2, 0)]));

    let (player, round) = (id('a'), Round::QuarterFinal);
    let twice = ResultsProblem::TwiceInRound { row: 8, first_row: 0, player, round };
    assert_eq!(problems, [twice]);
}

#[test]
fn a_loser_is_out() {
    let problems = refused(&altered(4, |it| it.home = id('e')));

    let played_on = ResultsProblem::PlayedOnAfterLosing { row: 4, first_row: 0, player: id('e') };
    assert!(problems.contains(&played_on), "{problems:?}");
}

#[test]
fn a_winner_plays_on() {
    let problems = refused(&with(&[game(Round::QuarterFinal, "ij", 1, 0)]));

    let (player, round) = (id('i'), Round::QuarterFinal);
    assert_eq!(problems, [ResultsProblem::DidNotAdvance { row: 8, player, round }]);
}

#[test]
fn finalists_have_won_their_semi_finals() {
    let problems = refused(&altered(7, |it| it.away = id('i')));

    let stranger = ResultsProblem::NotASemiFinalWinner { row: 7, player: id('i') };
    let (player, round) = (id('b'), Round::SemiFinal);
    let gone = ResultsProblem::DidNotAdvance { row: 5, player, round };
    assert_eq!(problems, [gone, stranger]);
}

#[test]
fn the_third_place_match_is_between_the_losing_semi_finalists() {
    let problems = refused(&altered(6, |it| it.away = id('i')));

    assert_eq!(problems, [ResultsProblem::NotASemiFinalLoser { row: 6, player: id('i') }]);
}

#[test]
fn a_finalist_does_not_play_for_third_place() {
    let problems = refused(&[game(Round::ThirdPlace, "ac", 1, 0), game(Round::Final, "ab", 1, 0)]);

    assert_eq!(problems, [ResultsProblem::NotASemiFinalLoser { row: 0, player: id('a') }]);
}

#[test]
fn a_lonely_semi_final_leaves_the_other_finalist_a_bye() {
    let games = [game(Round::SemiFinal, "bc", 1, 0), game(Round::Final, "ab", 1, 0)];

    assert!(standings(&results(&games), &StandingsRules::default()).is_ok());
}

/// A semi-final without a winner says nothing about who should be in the final.
#[test]
fn one_mistake_is_not_reported_as_several() {
    let problems = refused(&altered(5, |it| it.score = Score::full_time(0, 0)));

    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn all_problems_come_at_once_with_names_and_advice() {
    let mut games = altered(0, |it| it.score = Score::full_time(1, 1));
    games.push(game(Round::Final, "ab", 1, 0));

    let problems = refused(&games);

    let told: Vec<String> = problems.iter().map(|it| it.describe(&letter)).collect();
    assert_eq!(
        told,
        ["a – e is a knockout match without a winner", "there is more than one final"]
    );
    assert_eq!(problems[0].players(), [id('a'), id('e')]);
    assert_eq!((problems[0].field(), problems[1].field()), ("score", "round"));
    assert!(problems.iter().all(|it| !it.advice().is_empty()));
}

fn refused(games: &[Match]) -> Vec<ResultsProblem> {
    standings(&results(games), &StandingsRules::default()).expect_err("problems")
}

/// The cup with one match changed.
fn altered(row: usize, change: impl FnOnce(&mut Match)) -> Vec<Match> {
    let mut games = cup();
    change(&mut games[row]);
    games
}

/// The cup with more matches.
fn with(more: &[Match]) -> Vec<Match> {
    let mut games = cup();
    games.extend_from_slice(more);
    games
}

fn letter(player: domain::PlayerId) -> String {
    ('a'..='z').find(|it| id(*it) == player).expect("a letter").to_string()
}
