//! A store with the ground of a scenario laid, again and again.

mod memory;

use std::{collections::BTreeSet, fmt, sync::Arc};

use async_trait::async_trait;
use ports::spi::Store;

pub(crate) use self::memory::MemoryStage;
use crate::board::Board;

/// Where a scenario is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Adapter {
    /// The store in memory.
    Memory,
    /// SQLite, in a file.
    Sqlite,
    /// PostgreSQL, on the server that the tests have.
    Postgres,
}

/// A store with the ground of a scenario laid, again and again, and the eyes to see who is blocked.
#[async_trait]
pub(crate) trait Stage: Send + Sync {
    /// Lays the ground for the next run.
    async fn reset(&self);

    /// The store as this caller gets to it.
    fn store(&self, caller: usize) -> Arc<dyn Store>;

    /// Waits until each caller stands at the gate, is gone, or is seen to wait for a lock.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles>;

    /// `caller` has taken a step, and everybody has settled.
    fn stepped(&self, _caller: usize) {}

    /// Names the state of the store with everything that is open in it, where that can be seen.
    fn state(&self) -> Option<u64> {
        None
    }
}

/// A caller neither answers nor waits for a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NeverSettles(pub(crate) BTreeSet<usize>);

impl Adapter {
    /// Every adapter.
    pub const ALL: [Self; 3] = [Self::Memory, Self::Sqlite, Self::Postgres];

    /// The adapter of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.to_string() == name)
    }
}

impl fmt::Display for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Memory => "memory",
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}
