//! The score of a match: `ft` after the regular time, `et` after extra time, `p` of the shoot-out.

use domain::Score;

use super::Node;
use crate::import::{ProblemKind, Problems};

/// The score of `game`, if it has been played.
pub(super) fn node<'doc>(game: &Node<'doc>, problems: &mut Problems) -> Option<Node<'doc>> {
    let score = game.optional("score", problems);
    if score.is_none() {
        let problem = game.problem(ProblemKind::NotPlayed, "the match has not been played");
        problems.push(
            problem
                .expected("a \"score\"")
                .advice("import the tournament when it is over, or add the score"),
        );
    }
    score
}

/// Reads a score.
pub(super) fn read(score: &Node<'_>, problems: &mut Problems) -> Option<Score> {
    let full_time = score.needed("ft", problems);
    let full_time = full_time.and_then(|it| pair(&it, problems));
    let extra_time = part(score, "et", problems);
    let penalties = part(score, "p", problems);
    Some(Score { full_time: full_time?, extra_time, penalties })
}

/// A pair that may be left out. One that is broken is noted, and nobody looks at the score again.
fn part(score: &Node<'_>, name: &str, problems: &mut Problems) -> Option<(u32, u32)> {
    score.optional(name, problems).and_then(|it| pair(&it, problems))
}

fn pair(node: &Node<'_>, problems: &mut Problems) -> Option<(u32, u32)> {
    match node.elements(problems)?.as_slice() {
        [home, away] => {
            let (home, away) = (home.count(problems), away.count(problems));
            Some((home?, away?))
        }
        _ => node.wrong("the goals of both sides, such as [2, 1]", problems),
    }
}
