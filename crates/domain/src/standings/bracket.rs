//! Whether the matches of a knockout fit together.
//!
//! A match without a winner, or of somebody against themselves, is a problem of its own and proves
//! nothing here: its sides count neither as winners nor as losers.

use crate::{Match, PlayerId, ResultsProblem, Round};

/// One player's side of one match.
#[derive(Debug, Clone, Copy)]
struct Appearance<'m> {
    row: usize,
    player: PlayerId,
    game: &'m Match,
}

impl Appearance<'_> {
    fn won(&self) -> bool {
        self.game.winner() == Some(self.player) && self.game.home != self.game.away
    }

    fn lost(&self) -> bool {
        self.game.loser() == Some(self.player) && self.game.home != self.game.away
    }
}

/// What holds for the bracket as a whole.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    has_final: bool,
    semi_finals: usize,
}

/// What does not fit together in the knockout rounds of `matches`.
pub(super) fn problems(matches: &[Match]) -> Vec<ResultsProblem> {
    let count = |round| matches.iter().filter(|it| it.round == round).count();
    let bracket =
        Bracket { has_final: count(Round::Final) > 0, semi_finals: count(Round::SemiFinal) };

    let mut problems = Vec::new();
    problems.extend((!bracket.has_final).then_some(ResultsProblem::NoFinal));
    problems.extend(second_matches(matches, Round::ThirdPlace));
    problems.extend(second_matches(matches, Round::Final));
    let appearances = appearances(matches);
    for career in appearances.chunk_by(|a, b| a.player == b.player) {
        problems.extend(career.array_windows().filter_map(|[a, b]| next_match(a, b)));
        problems.extend(did_not_advance(career, bracket));
        problems.extend(not_a_semi_final_winner(career, bracket));
        problems.extend(not_a_semi_final_loser(career, bracket));
    }
    problems
}

fn second_matches(matches: &[Match], round: Round) -> Vec<ResultsProblem> {
    let mut rows = (0..).zip(matches).filter(|(_, it)| it.round == round).map(|(row, _)| row);
    let Some(first_row) = rows.next() else { return Vec::new() };
    rows.map(|row| ResultsProblem::SecondMatch { row, first_row, round }).collect()
}

/// Every side of every knockout match, player by player, each from the first round to the last.
fn appearances(matches: &[Match]) -> Vec<Appearance<'_>> {
    let knockout = matches.iter().enumerate().filter(|(_, it)| it.round.is_knockout());
    let mut appearances: Vec<_> = knockout
        .flat_map(|(row, game)| {
            [game.home, game.away].map(|player| Appearance { row, player, game })
        })
        .collect();
    appearances.sort_by_key(|it| (it.player, it.game.round, it.row));
    appearances
}

/// What is wrong with playing `then` after `first`.
fn next_match(first: &Appearance<'_>, then: &Appearance<'_>) -> Option<ResultsProblem> {
    let (row, first_row, player) = (then.row, first.row, then.player);
    let rounds = (first.game.round, then.game.round);
    if row == first_row || rounds == (Round::SemiFinal, Round::ThirdPlace) {
        return None;
    }
    if rounds.0 == rounds.1 {
        return twice_in_round(first, then);
    }
    first.lost().then_some(ResultsProblem::PlayedOnAfterLosing { row, first_row, player })
}

fn twice_in_round(first: &Appearance<'_>, then: &Appearance<'_>) -> Option<ResultsProblem> {
    let (row, first_row, player) = (then.row, first.row, then.player);
    let Match { home, away, round, .. } = *then.game;
    if matches!(round, Round::ThirdPlace | Round::Final) {
        return None; // It is a second match of the round in the first place.
    }
    if ![(home, away), (away, home)].contains(&(first.game.home, first.game.away)) {
        return Some(ResultsProblem::TwiceInRound { row, first_row, player, round });
    }
    // Both sides see it; one says it.
    (player == home).then_some(ResultsProblem::RepeatedPairing {
        row,
        first_row,
        home,
        away,
        round,
    })
}

/// Without a final nobody could have played on, which is said once.
fn did_not_advance(career: &[Appearance<'_>], bracket: Bracket) -> Option<ResultsProblem> {
    let last = career.iter().rfind(|it| it.game.round != Round::ThirdPlace)?;
    let round = last.game.round;
    (bracket.has_final && round != Round::Final && last.won())
        .then_some(ResultsProblem::DidNotAdvance { row: last.row, player: last.player, round })
}

/// With one semi-final, the other finalist had a bye.
fn not_a_semi_final_winner(career: &[Appearance<'_>], bracket: Bracket) -> Option<ResultsProblem> {
    let last = in_round(career, Round::Final)?;
    let may_have_won = in_round(career, Round::SemiFinal).is_some_and(|it| !it.lost());
    (bracket.semi_finals > 1 && !may_have_won)
        .then_some(ResultsProblem::NotASemiFinalWinner { row: last.row, player: last.player })
}

fn not_a_semi_final_loser(career: &[Appearance<'_>], bracket: Bracket) -> Option<ResultsProblem> {
    let third = in_round(career, Round::ThirdPlace)?;
    let may_have_lost = in_round(career, Round::SemiFinal).is_some_and(|it| !it.won());
    let in_final = in_round(career, Round::Final).is_some();
    (in_final || bracket.semi_finals > 0 && !may_have_lost)
        .then_some(ResultsProblem::NotASemiFinalLoser { row: third.row, player: third.player })
}

fn in_round<'c, 'm>(career: &'c [Appearance<'m>], round: Round) -> Option<&'c Appearance<'m>> {
    career.iter().find(|it| it.game.round == round)
}
