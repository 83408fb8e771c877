//! Ranks of anything that can be ordered.

use crate::{Placement, TieRule};

/// All keys of a field, best (smallest) first.
#[derive(Debug)]
pub(super) struct Ladder<Key>(Vec<Key>);

impl<Key: Ord> Ladder<Key> {
    /// A ladder of one key per contender, equal keys being ties.
    pub(super) fn new(keys: impl IntoIterator<Item = Key>, ties: TieRule) -> Self {
        let mut keys: Vec<Key> = keys.into_iter().collect();
        keys.sort_unstable();
        if ties == TieRule::Dense {
            keys.dedup();
        }
        Self(keys)
    }

    /// The placement of a contender: 1 + the number of better keys.
    pub(super) fn placement(&self, key: &Key) -> Placement {
        let better = self.0.partition_point(|it| it < key);
        Placement::FIRST.after(better)
    }
}
