//! A store with the ground of a scenario laid, again and again.

mod ground_copy;
mod memory;
mod postgres;
mod sqlite;
mod trail;
mod turnstile;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use ports::spi::Store;
use sea_orm::ConnectionTrait;
use sea_orm_adapter::SeaOrmStore;

use self::{ground_copy::GroundCopy, turnstile::Turnstile};
pub(crate) use self::{
    memory::{MemoryStage, Writers},
    postgres::PostgresStage,
    sqlite::SqliteStage,
};
use crate::{board::Board, scenario::Ground};

/// Nobody who is alive takes so long.
const GIVE_UP: Duration = Duration::from_mins(1);

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

    /// The store, for reading what is committed.
    fn committed(&self) -> Arc<dyn Store>;

    /// What is committed and no port reads: the [trail](trail), as one canonical text.
    async fn trail(&self) -> String;

    /// Waits until each caller stands at the gate, is gone, or is seen to wait for a lock.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles>;

    /// Whether a transaction that begins may have to wait for the end of another one.
    fn begin_waits(&self) -> bool;

    /// `caller` has taken a step, and everybody has settled.
    fn stepped(&self, _caller: usize) {}

    /// Names the state of the store, where that can be seen.
    fn state(&self) -> Option<State> {
        None
    }
}

/// The names of everything in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// What is committed.
    pub(crate) committed: u64,
    /// What each caller has open: its draft, its locks, and its places in queues. Nothing in it says
    /// which caller that is.
    pub(crate) open: Vec<u64>,
}

/// A caller neither answers nor waits for a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NeverSettles;

/// Lays the ground in a database with its schema in place, `damage` having been done to that.
async fn prepared(store: &SeaOrmStore, ground: &Ground, damage: Option<&str>) -> GroundCopy {
    if let Some(damage) = damage {
        store.connection().execute_unprepared(damage).await.expect("the damage is done");
    }
    ground.lay(Arc::new(store.clone())).await;
    GroundCopy::of(store.connection()).await
}

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
