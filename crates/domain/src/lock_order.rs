//! The order in which rows of one table are locked.

/// Distinct ids in ascending order: the only shape in which many rows are locked at once.
///
/// Two units of work that lock overlapping sets then meet in the same order, and one waits for the
/// other instead of deadlocking with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockOrder<Id>(Vec<Id>);

impl<Id: Ord> LockOrder<Id> {
    /// Sorts and deduplicates `ids`.
    #[must_use]
    pub fn of(ids: impl IntoIterator<Item = Id>) -> Self {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }

    /// The ids, ascending.
    #[must_use]
    pub fn as_slice(&self) -> &[Id] {
        &self.0
    }
}
