//! What goes on in a store, for whoever explores the orders in which it can.

use std::collections::BTreeMap;

use crate::{LockKey, LockMode, State, shared::Core};

/// One open transaction as somebody sees it who looks at the whole store from above.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenTransaction {
    /// Its number: transactions are numbered from 1 in the order in which they begin.
    pub number: u64,
    /// The rows that it has changed, and nobody else can see yet.
    pub draft: State,
    /// The same as its savepoint found them.
    pub saved: Option<State>,
    /// The rows that it holds.
    pub held: BTreeMap<LockKey, LockMode>,
    /// The row that it waits for, and how many others are served before it.
    pub waits_for: Option<(LockKey, usize)>,
}

impl OpenTransaction {
    /// Every open transaction, in the order in which they began.
    pub(crate) fn all_of(core: &Core) -> Vec<Self> {
        let open = core.drafts.iter().map(|(owner, draft)| Self {
            number: owner.0,
            draft: draft.rows.clone(),
            saved: draft.saved.clone(),
            held: core.locks.held_by(*owner),
            waits_for: core.locks.place_of(*owner),
        });
        open.collect()
    }
}
