//! The store in memory.

use std::{
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use memory_adapter::MemoryStore;
use ports::spi::Store;

use super::Ground;

/// A store in memory: a new one each time.
#[derive(Debug, Default)]
pub struct MemoryGround(Mutex<MemoryStore>);

impl MemoryGround {
    /// The store that was made last.
    #[must_use]
    pub fn store(&self) -> MemoryStore {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Ground for MemoryGround {
    fn name(&self) -> &'static str {
        "memory"
    }

    async fn emptied(&self) -> Arc<dyn Store> {
        let store = MemoryStore::new();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = store.clone();
        store.shared()
    }

    async fn trail(&self) -> String {
        let (mut text, state) = (String::new(), self.store().snapshot());
        for (_, row) in state.tournaments.iter() {
            for change in row.changes.values().chain(&row.outbox) {
                let _ = writeln!(text, "{change:?}");
            }
        }
        for (player, row) in state.players.iter() {
            for word in row.assessments.values() {
                let _ = writeln!(text, "{word:?}");
            }
            let _ = writeln!(text, "{player}: {:?}, {:?}", row.reviews, row.events);
        }
        text
    }
}
