//! The store in memory: a copy of the ground for each run, and a full view of it.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    hash::{DefaultHasher, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use memory_adapter::{MemoryStore, State};
use ports::spi::Store;

use super::{NeverSettles, Stage};
use crate::{board::Board, scenario::Ground};

/// A step that has not settled by then never will: on one thread, every poll gets it further.
const POLLS_MAX: usize = 100_000;

/// The store in memory.
pub(crate) struct MemoryStage {
    ground: State,
    run: Mutex<Run>,
}

/// One run: its store, and whose each transaction is.
#[derive(Default)]
struct Run {
    store: MemoryStore,
    owners: BTreeMap<u64, usize>,
}

impl MemoryStage {
    pub(crate) async fn of(ground: &Ground) -> Self {
        let store = MemoryStore::new();
        ground.lay(store.shared()).await;
        Self { ground: store.snapshot(), run: Mutex::default() }
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Stage for MemoryStage {
    async fn reset(&self) {
        *self.run() = Run { store: self.ground.clone().into(), owners: BTreeMap::new() };
    }

    fn store(&self, _caller: usize) -> Arc<dyn Store> {
        self.run().store.shared()
    }

    /// Exact: whoever is under way and does not wait in the lock table gets further with every poll.
    /// A caller has one statement under way at most, so that equal numbers mean the same callers.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles> {
        let store = self.run().store.clone();
        for _ in 0..POLLS_MAX {
            if board.moving().len() == store.transactions_waiting() {
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
        Err(NeverSettles(board.moving().into_iter().collect()))
    }

    fn stepped(&self, caller: usize) {
        let mut run = self.run();
        for open in run.store.open_transactions() {
            run.owners.entry(open.number).or_insert(caller);
        }
    }

    fn state(&self) -> Option<u64> {
        let run = self.run();
        let mut print = Print::default();
        print.write(&run.store.snapshot());
        let mut open: Vec<_> = run.store.open_transactions();
        // Who began first is history: the same callers with the same drafts are the same state.
        open.sort_by_key(|it| (run.owners.get(&it.number).copied(), it.number));
        for it in &open {
            let owner = run.owners.get(&it.number);
            print.write(&(owner, &it.draft, &it.saved, &it.held, &it.waits_for));
        }
        Some(print.0.finish())
    }
}

/// A hash of what `Debug` prints: ordered maps and exact numbers all the way down, so that equal
/// states print the same.
#[derive(Default)]
struct Print(DefaultHasher);

impl Print {
    fn write(&mut self, value: &impl std::fmt::Debug) {
        // Writing to a hasher cannot fail.
        let _ = write!(self, "{value:?};");
    }
}

impl std::fmt::Write for Print {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}
