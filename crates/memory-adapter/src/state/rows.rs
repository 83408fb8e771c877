//! The rows of one table, by key.

use std::{collections::BTreeMap, ops::Bound, sync::Arc};

/// The rows of one table, by key, in ascending order. A copy shares rows until one of them changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<Key, Row>(BTreeMap<Key, Arc<Row>>);

impl<Key: Ord + Copy, Row> Rows<Key, Row> {
    /// The row at `key`.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<&Row> {
        self.0.get(&key).map(Arc::as_ref)
    }

    /// Puts `row` at `key`, in the place of what is there.
    pub fn insert(&mut self, key: Key, row: Row) {
        self.0.insert(key, Arc::new(row));
    }

    /// Whether there is a row at `key`.
    #[must_use]
    pub fn contains(&self, key: Key) -> bool {
        self.0.contains_key(&key)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every row, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = (Key, &Row)> {
        self.behind(None)
    }

    /// The rows behind `after`, in ascending order.
    pub fn behind(&self, after: Option<Key>) -> impl Iterator<Item = (Key, &Row)> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.0.range((from, Bound::Unbounded)).map(|(key, row)| (*key, row.as_ref()))
    }

    /// The row at `key`, shared.
    pub(crate) fn share(&self, key: Key) -> Option<Arc<Row>> {
        self.0.get(&key).cloned()
    }

    /// Takes the row at `key` away.
    pub(crate) fn remove(&mut self, key: Key) -> Option<Arc<Row>> {
        self.0.remove(&key)
    }

    pub(crate) fn merge(&mut self, newer: Self) {
        self.0.extend(newer.0);
    }
}

impl<Key: Ord + Copy, Row: Clone> Rows<Key, Row> {
    /// The row at `key`, to be changed.
    pub fn get_mut(&mut self, key: Key) -> Option<&mut Row> {
        self.0.get_mut(&key).map(Arc::make_mut)
    }

    /// The row at `key`, to be changed; when there is none, `other` is put there first.
    pub(crate) fn get_mut_or(&mut self, key: Key, other: Option<Arc<Row>>) -> Option<&mut Row> {
        if let Some(other) = other {
            return Some(Arc::make_mut(self.0.entry(key).or_insert(other)));
        }
        self.get_mut(key)
    }
}

impl<Key, Row> Default for Rows<Key, Row> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}
