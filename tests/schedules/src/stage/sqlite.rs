//! SQLite: one writer at a time, everybody else waits at `begin`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use ports::spi::Store;
use sea_orm_adapter::SeaOrmStore;
use test_databases::{SqliteDatabase, fresh_sqlite};

use super::{GIVE_UP, GroundCopy, NeverSettles, Stage, Turnstile, prepared, trail};
use crate::{board::Board, scenario::Ground};

/// SQLite, in a file of its own.
pub(crate) struct SqliteStage {
    store: SeaOrmStore,
    ground: GroundCopy,
    turnstile: Mutex<Arc<Turnstile>>,
    _database: SqliteDatabase,
}

impl SqliteStage {
    pub(crate) async fn of(ground: &Ground, damage: Option<&str>) -> Self {
        let database = fresh_sqlite().await;
        let store = SeaOrmStore::connect(database.url()).await.expect("a fresh file opens");
        let copy = prepared(&store, ground, damage).await;
        Self { store, ground: copy, turnstile: Mutex::default(), _database: database }
    }

    fn turnstile(&self) -> MutexGuard<'_, Arc<Turnstile>> {
        self.turnstile.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Stage for SqliteStage {
    async fn reset(&self) {
        *self.turnstile() = Arc::default();
        self.ground.lay(self.store.connection()).await;
    }

    fn store(&self, caller: usize) -> Arc<dyn Store> {
        self.turnstile().before(caller, Arc::new(self.store.clone()))
    }

    fn begin_waits(&self) -> bool {
        true
    }

    fn committed(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }

    async fn trail(&self) -> String {
        trail::in_database(self.store.connection()).await
    }

    /// Exact: whoever is under way and does not wait at the turnstile will answer.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles> {
        let turnstile = Arc::clone(&self.turnstile());
        let settled = async {
            while board.moving().len() + board.rolling_back() != turnstile.waiting() {
                tokio::select! {
                    () = board.changed() => {}
                    () = turnstile.changed() => {}
                }
            }
        };
        let settled = tokio::time::timeout(GIVE_UP, settled).await;
        settled.map_err(|_| NeverSettles)
    }
}
