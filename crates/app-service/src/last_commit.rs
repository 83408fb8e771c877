//! Remembers a commit whose answer never came, from one try of a unit of work to the next.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use ports::{StoreError, UnitOfWork};

/// What is known of the commits of one call's earlier tries.
///
/// A try that finds its work done after such a commit may be looking at its own: the call then goes
/// on as its own successor instead of giving way.
#[derive(Debug, Clone, Default)]
pub(crate) struct LastCommit(Arc<AtomicBool>);

impl LastCommit {
    /// Commits, and remembers when the outcome stays unknown. A commit that failed for sure, by a
    /// lost race, wrote nothing: what is found afterwards is somebody else's.
    pub(crate) async fn commit(&self, uow: UnitOfWork) -> Result<(), StoreError> {
        let ended = uow.commit().await;
        if matches!(ended, Err(StoreError::CommitUnknown { .. })) {
            self.0.store(true, Ordering::Relaxed);
        }
        ended
    }

    /// Whether an earlier try may have committed.
    pub(crate) fn may_have_happened(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
