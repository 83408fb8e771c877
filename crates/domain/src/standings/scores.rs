//! Matches that cannot have ended as they say.

use crate::{Match, ResultsProblem};

/// Goals of one side in one match. It keeps the sums of a whole season within what every store can
/// hold.
pub(crate) const GOALS_MAX: u32 = 10_000;

/// What is wrong with `game` alone.
pub(super) fn problems(row: usize, game: &Match) -> impl Iterator<Item = ResultsProblem> {
    let Match { home, away, score, round, .. } = *game;
    let before = score.full_time;
    let needless_extra_time = score.extra_time.is_some() && before.0 != before.1;
    let goals_lost = score.extra_time.is_some_and(|it| it.0 < before.0 || it.1 < before.1);
    let needless_penalties = score.penalties.is_some() && score.leader().is_some();
    let counts = [Some(score.full_time), score.extra_time, score.penalties];
    let too_many = counts.into_iter().flatten().any(|it| it.0.max(it.1) > GOALS_MAX);
    let no_winner = round.is_knockout() && score.winner().is_none();

    [
        (home == away).then_some(ResultsProblem::AgainstItself { row, player: home }),
        too_many.then_some(ResultsProblem::TooManyGoals { row, home, away }),
        needless_extra_time.then_some(ResultsProblem::NeedlessExtraTime { row, home, away }),
        goals_lost.then_some(ResultsProblem::GoalsLost { row, home, away }),
        needless_penalties.then_some(ResultsProblem::NeedlessPenalties { row, home, away }),
        no_winner.then_some(ResultsProblem::NoWinner { row, home, away }),
    ]
    .into_iter()
    .flatten()
}
