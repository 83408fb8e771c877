//! Where a search takes place.

mod database;
mod memory;

use std::sync::Arc;

use async_trait::async_trait;
use ports::spi::Store;

pub use self::{database::DatabaseGround, memory::MemoryGround};

/// A store that can be emptied as often as a search likes.
#[async_trait]
pub trait Ground: Send + Sync + 'static {
    /// What to call it in a line of figures.
    fn name(&self) -> &'static str;

    /// The store, with nothing in it.
    async fn emptied(&self) -> Arc<dyn Store>;

    /// What is stored and no port reads: the history, the outbox, what coaches said and whom rules
    /// have judged, as one canonical text.
    async fn trail(&self) -> String;
}
