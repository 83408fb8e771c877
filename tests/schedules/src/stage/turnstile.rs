//! One writer at a time, for databases that can have no more.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use interposed::{Call, InterposedStore, Interposer, apart};
use ports::{
    StoreError,
    spi::{Store, Transaction},
};
use tokio::sync::{Notify, oneshot};

/// Lets one caller at a time begin a transaction; the next one in the queue comes in when it ends.
///
/// SQLite makes its second writer try again and again, for as long as its busy timeout lasts, and
/// tells nobody who waits. So the second `begin` is not sent before the first transaction has ended:
/// that is the one thing that can come of it, seen without guessing.
#[derive(Debug, Default)]
pub(crate) struct Turnstile {
    queue: Mutex<Queue>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    inside: Option<usize>,
    waiting: VecDeque<(usize, oneshot::Sender<()>)>,
}

/// One caller's way through the turnstile.
struct Passage {
    caller: usize,
    turnstile: Arc<Turnstile>,
}

impl Turnstile {
    /// `store`, as `caller` gets to it.
    pub(crate) fn before(self: &Arc<Self>, caller: usize, store: Arc<dyn Store>) -> Arc<dyn Store> {
        let passage = Passage { caller, turnstile: Arc::clone(self) };
        InterposedStore::new(store, Arc::new(passage)).shared()
    }

    /// How many callers wait.
    pub(crate) fn waiting(&self) -> usize {
        self.queue().waiting.len()
    }

    /// 0 for the caller who is inside, and then as they wait.
    pub(crate) fn place_of(&self, caller: usize) -> Option<usize> {
        let queue = self.queue();
        let waiting = queue.waiting.iter().map(|(caller, _)| Some(*caller));
        std::iter::once(queue.inside).chain(waiting).position(|it| it == Some(caller))
    }

    /// Somebody has come to wait, or gone in, since somebody asked last.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    async fn enter(&self, caller: usize) {
        let turn = {
            let mut queue = self.queue();
            if queue.inside.is_none() {
                queue.inside = Some(caller);
                return;
            }
            let (turn, comes) = oneshot::channel();
            queue.waiting.push_back((caller, turn));
            comes
        };
        self.changed.notify_one();
        // The sender stays in the queue until it is this caller's turn.
        let _ = turn.await;
    }

    fn leave(&self) {
        let mut queue = self.queue();
        queue.inside = None;
        while let Some((caller, turn)) = queue.waiting.pop_front() {
            if turn.send(()).is_ok() {
                queue.inside = Some(caller);
                break;
            }
        }
        drop(queue);
        self.changed.notify_one();
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Interposer for Passage {
    async fn begin(&self, store: &dyn Store) -> Result<Box<dyn Transaction>, StoreError> {
        self.turnstile.enter(self.caller).await;
        let begun = store.begin().await;
        if begun.is_err() {
            self.turnstile.leave();
        }
        begun
    }

    async fn after(&self, call: &Call, _answer: &str) -> Result<(), StoreError> {
        if matches!(call.name, "commit" | "rollback") {
            self.turnstile.leave();
        }
        Ok(())
    }

    /// The next one comes in once it is rolled back.
    fn dropped(&self, tx: Box<dyn Transaction>) {
        let turnstile = Arc::clone(&self.turnstile);
        apart(async move {
            let _ = tx.rollback().await;
            turnstile.leave();
        });
    }
}
