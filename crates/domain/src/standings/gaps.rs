//! Placements that cannot follow one another.

use super::ranked::Row;
use crate::{Placement, ResultsProblem};

/// Lists count ties densely (1, 2, 2, 3) or as in a competition (1, 2, 2, 4), some of them both;
/// anything else is a gap. `contenders` come best first.
pub(super) fn problems(contenders: &[(Placement, Row<'_>)]) -> Vec<ResultsProblem> {
    let mut problems = Vec::new();
    let mut expected = [Placement::FIRST; 2];
    for tied in contenders.chunk_by(|(a, _), (b, _)| a == b) {
        let Some((found, row)) = tied.iter().min_by_key(|(_, row)| row.index) else { continue };
        if !expected.contains(found) {
            problems.push(ResultsProblem::Gap {
                row: row.index,
                player: row.player,
                found: *found,
                expected,
            });
        }
        expected = [found.after(1), found.after(tied.len())];
    }
    problems
}
