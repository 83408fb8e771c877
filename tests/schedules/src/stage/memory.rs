//! The store in memory: a copy of the ground for each run, and a full view of it.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug, Write as _},
    hash::{DefaultHasher, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use memory_adapter::{MemoryStore, Rows, State};
use ports::spi::Store;

use super::{NeverSettles, Stage, Turnstile, trail};
use crate::{Scenario, board::Board};

/// A step that has not settled by then never will: on one thread, every poll gets it further.
const POLLS_MAX: usize = 100_000;

/// The store in memory.
pub(crate) struct MemoryStage {
    ground: State,
    callers: usize,
    writers: Writers,
    run: Mutex<Run>,
}

/// How many transactions may be open at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writers {
    /// As many as there are callers.
    Many,
    /// One: the model of a database that can have no more.
    One,
}

/// One run: its store, the way there, and whose each transaction is.
#[derive(Default)]
struct Run {
    store: MemoryStore,
    turnstile: Arc<Turnstile>,
    owners: BTreeMap<u64, usize>,
}

impl MemoryStage {
    pub(crate) async fn of(scenario: &Scenario, writers: Writers) -> Self {
        let store = MemoryStore::new();
        scenario.ground.lay(store.shared()).await;
        let (ground, callers) = (store.snapshot(), scenario.callers.len());
        Self { ground, callers, writers, run: Mutex::default() }
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Stage for MemoryStage {
    async fn reset(&self) {
        *self.run() = Run { store: self.ground.clone().into(), ..Run::default() };
    }

    fn store(&self, caller: usize) -> Arc<dyn Store> {
        let run = self.run();
        match self.writers {
            Writers::Many => run.store.shared(),
            Writers::One => run.turnstile.before(caller, run.store.shared()),
        }
    }

    fn committed(&self) -> Arc<dyn Store> {
        self.run().store.shared()
    }

    async fn trail(&self) -> String {
        trail::in_memory(&self.run().store.snapshot())
    }

    /// Exact: whoever is under way and waits neither in the lock table nor at the turnstile gets
    /// further with every poll. A caller has one statement under way at most, so that equal numbers mean the same
    /// callers.
    async fn settle(&self, board: &Board) -> Result<(), NeverSettles> {
        for _ in 0..POLLS_MAX {
            let waiting = {
                let run = self.run();
                run.store.transactions_waiting() + run.turnstile.waiting()
            };
            if board.moving().len() + board.rolling_back() == waiting {
                return Ok(());
            }
            tokio::task::yield_now().await;
        }
        Err(NeverSettles)
    }

    fn stepped(&self, caller: usize) {
        let mut run = self.run();
        for open in run.store.open_transactions() {
            run.owners.entry(open.number).or_insert(caller);
        }
    }

    fn begin_waits(&self) -> bool {
        self.writers == Writers::One
    }

    fn state(&self) -> Option<super::State> {
        let run = self.run();
        let mut committed = Print::default();
        committed.write_rows(&run.store.snapshot(), &self.ground);
        let open = run.store.open_transactions();
        let open = (0..self.callers).map(|caller| {
            let mut print = Print::default();
            print.write(&run.turnstile.place_of(caller));
            for it in open.iter().filter(|it| run.owners.get(&it.number) == Some(&caller)) {
                print.write(&(&it.held, &it.waits_for, it.saved.is_some()));
                for rows in std::iter::once(&it.draft).chain(&it.saved) {
                    print.write_rows(rows, &self.ground);
                }
            }
            print.0.finish()
        });
        Some(super::State { committed: committed.0.finish(), open: open.collect() })
    }
}

/// A hash of what `Debug` prints: ordered maps and exact numbers all the way down, so that equal
/// states print the same.
#[derive(Default)]
struct Print(DefaultHasher);

impl Print {
    fn write(&mut self, value: &impl Debug) {
        // Writing to a hasher cannot fail.
        let _ = write!(self, "{value:?};");
    }

    /// Writes every row of `state`; those that are still what was laid, by their keys alone.
    fn write_rows(&mut self, state: &State, ground: &State) {
        self.write_table(&state.tournaments, |key| ground.tournaments.get(key));
        self.write_table(&state.players, |key| ground.players.get(key));
        self.write_table(&state.rules, |key| ground.rules.get(key));
        for (id, awards) in &state.awards {
            self.write(id);
            self.write_table(awards, |player| ground.award(*id, player));
        }
        self.write(&"end");
    }

    fn write_table<'ground, Key: Ord + Copy + Debug, Row: Debug + 'ground>(
        &mut self,
        rows: &Rows<Key, Row>,
        laid: impl Fn(Key) -> Option<&'ground Row>,
    ) {
        for (key, row) in rows.iter() {
            self.write(&key);
            // A row that nobody has changed is the same one, not only an equal one.
            if !laid(key).is_some_and(|laid| std::ptr::eq(row, laid)) {
                self.write(row);
            }
        }
        self.write(&"end");
    }
}

impl fmt::Write for Print {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}
