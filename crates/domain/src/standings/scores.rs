//! Matches that cannot have ended as they say.

use crate::{Match, ResultsProblem};

/// What is wrong with `game` alone.
pub(super) fn problems(row: usize, game: &Match) -> impl Iterator<Item = ResultsProblem> {
    let Match { home, away, score, round, .. } = *game;
    let before = score.full_time;
    let needless_extra_time = score.extra_time.is_some() && before.0 != before.1;
    let goals_lost = score.extra_time.is_some_and(|it| it.0 < before.0 || it.1 < before.1);
    let needless_penalties = score.penalties.is_some() && score.leader().is_some();
    let no_winner = round.is_knockout() && score.winner().is_none();

    [
        (home == away).then_some(ResultsProblem::AgainstItself { row, player: home }),
        needless_extra_time.then_some(ResultsProblem::NeedlessExtraTime { row, home, away }),
        goals_lost.then_some(ResultsProblem::GoalsLost { row, home, away }),
        needless_penalties.then_some(ResultsProblem::NeedlessPenalties { row, home, away }),
        no_winner.then_some(ResultsProblem::NoWinner { row, home, away }),
    ]
    .into_iter()
    .flatten()
}
