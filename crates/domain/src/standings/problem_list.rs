//! What is wrong with a list, the first of it kept and the rest counted.

use crate::ResultsProblem;

/// Problems, of which the first by row are kept.
#[derive(Debug)]
pub(super) struct ProblemList {
    kept: Vec<ResultsProblem>,
    kept_max: usize,
    left_out: usize,
}

impl ProblemList {
    pub(super) fn new(kept_max: usize) -> Self {
        Self { kept: vec![], kept_max: kept_max.max(1), left_out: 0 }
    }

    pub(super) fn push(&mut self, problem: ResultsProblem) {
        self.kept.push(problem);
        if self.kept.len() > self.kept_max.saturating_mul(2) {
            self.tidy();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Those that are kept, by row, and how many more there are.
    pub(super) fn finish(mut self) -> (Vec<ResultsProblem>, usize) {
        self.tidy();
        (self.kept, self.left_out)
    }

    fn tidy(&mut self) {
        self.kept.sort_by_key(ResultsProblem::row);
        self.left_out += self.kept.len().saturating_sub(self.kept_max);
        self.kept.truncate(self.kept_max);
    }
}

impl Extend<ResultsProblem> for ProblemList {
    fn extend<Problems: IntoIterator<Item = ResultsProblem>>(&mut self, problems: Problems) {
        for problem in problems {
            self.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlayerId;

    #[test]
    fn the_first_problems_by_row_are_kept_and_the_others_counted() {
        let mut list = ProblemList::new(2);

        for row in [9, 3, 8, 1, 7, 2, 6] {
            list.push(ResultsProblem::NotFinite { row, player: PlayerId::of("x") });
        }

        let (kept, left_out) = list.finish();
        assert_eq!(kept.iter().filter_map(ResultsProblem::row).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(left_out, 5);
    }
}
