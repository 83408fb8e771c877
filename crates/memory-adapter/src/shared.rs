//! What all transactions of one store share.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ports::StoreError;

use crate::{
    State,
    locks::{Asked, LockKey, LockMode, LockTable, Owner},
    refusal::invalid,
};

/// What all transactions share, behind one mutex that is never held while waiting.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<Core>>);

/// The committed rows, the drafts of those who are at work, and the lock table.
#[derive(Debug, Default)]
pub(crate) struct Core {
    pub(crate) committed: State,
    pub(crate) drafts: BTreeMap<Owner, Draft>,
    pub(crate) locks: LockTable,
    begun: u64,
}

/// What one transaction has written, for nobody else to read before it is committed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The rows that it has changed.
    pub(crate) rows: State,
    /// The same as the savepoint found them.
    pub(crate) saved: Option<State>,
}

/// Takes a statement out of the queue when it is dropped while it waits.
struct Place<'a> {
    shared: &'a Shared,
    owner: Owner,
}

impl Draft {
    pub(crate) fn save(&mut self) -> Result<(), StoreError> {
        if self.saved.is_some() {
            return Err(invalid("savepoints do not nest"));
        }
        self.saved = Some(self.rows.clone());
        Ok(())
    }

    pub(crate) fn go_back(&mut self) -> Result<(), StoreError> {
        self.rows = self.savepoint()?;
        Ok(())
    }

    pub(crate) fn forget_savepoint(&mut self) -> Result<(), StoreError> {
        self.savepoint().map(drop)
    }

    fn savepoint(&mut self) -> Result<State, StoreError> {
        self.saved.take().ok_or(invalid("a savepoint is set before it is used"))
    }
}

impl Shared {
    /// Nothing but `committed`, and nobody there.
    pub(crate) fn of(committed: State) -> Self {
        Self(Arc::new(Mutex::new(Core { committed, ..Core::default() })))
    }

    /// The core, for one step. A panic elsewhere cannot have left it halfway: rows are merged whole.
    pub(crate) fn enter(&self) -> MutexGuard<'_, Core> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the row. The lock lasts until its owner is released.
    pub(crate) async fn lock(
        &self,
        owner: Owner,
        key: LockKey,
        mode: LockMode,
    ) -> Result<(), StoreError> {
        let asked = self.enter().locks.ask(owner, key, mode)?;
        if let Asked::Queued(granted) = asked {
            let _place = Place { shared: self, owner };
            // The sender lives in the queue, and leaves it by being sent or with this statement.
            let _ = granted.await;
        }
        Ok(())
    }
}

impl Core {
    /// Numbers a new transaction, and gives it an empty draft.
    pub(crate) fn begin(&mut self) -> Owner {
        self.begun += 1;
        let owner = Owner(self.begun);
        self.drafts.insert(owner, Draft::default());
        owner
    }

    /// Forgets a transaction with its draft, and lets go of its locks.
    pub(crate) fn end(&mut self, owner: Owner) {
        self.drafts.remove(&owner);
        self.locks.release(owner);
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.enter().locks.stop_waiting(self.owner);
    }
}
