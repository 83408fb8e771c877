//! An interposer that overrides nothing cannot be told from the store behind it.

#[path = "../../../crates/memory-adapter/tests/harness/memory.rs"]
mod memory;

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness, Trail};
use domain::TournamentId;
use interposed::{InterposedStore, Interposer};
use ports::spi::Store;

use crate::memory::MemoryHarness;

struct InterposedHarness(MemoryHarness);

struct Nobody;

impl Interposer for Nobody {}

#[async_trait]
impl Harness for InterposedHarness {
    async fn fresh() -> Self {
        Self(MemoryHarness::fresh().await)
    }

    fn store(&self) -> Arc<dyn Store> {
        InterposedStore::new(self.0.store(), Arc::new(Nobody)).shared()
    }

    async fn plant(&self, fault: Fault) {
        self.0.plant(fault).await;
    }

    async fn trail(&self, tournament: TournamentId) -> Option<Trail> {
        self.0.trail(tournament).await
    }
}

conformance::suite!(InterposedHarness);
