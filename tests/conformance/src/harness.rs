//! What a case needs from the outside of a store.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{Currency, PlayerId, TournamentId};
use ports::{RetryPolicy, UnitsOfWork, spi::Store};

/// An empty store under test, and a second door into it that bypasses the ports.
#[async_trait]
pub trait Harness: Send + Sync + Sized + 'static {
    /// A store that nobody else uses, with its schema in place.
    async fn fresh() -> Self;

    /// The store under test.
    fn store(&self) -> Arc<dyn Store>;

    /// Breaks a stored row, outside any unit of work.
    async fn plant(&self, fault: Fault);

    /// Whether two transactions can be open and write at the same time. SQLite has one writer:
    /// its second transaction waits at `begin`, which keeps every promise about waiting, but not
    /// those about *not* waiting.
    fn has_concurrent_writers(&self) -> bool {
        true
    }

    /// What is stored of a tournament's changes, read past the store; `None` where there is no
    /// second door to read it through.
    async fn trail(&self, _tournament: TournamentId) -> Option<Trail> {
        None
    }

    /// A second store on the same rows, on whose way back the answer to every commit is lost;
    /// `None` where nothing can be lost because the store runs in this process.
    async fn unanswering(&self) -> Option<Arc<dyn Store>> {
        None
    }

    /// Units of work without retries, so that a case sees every error.
    fn units(&self) -> UnitsOfWork {
        UnitsOfWork::new(self.store()).with_retries(RetryPolicy::NEVER)
    }
}

/// The changes of one tournament by their stored names, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    /// In the history.
    pub history: Vec<String>,
    /// In the outbox.
    pub outbox: Vec<String>,
}

impl Trail {
    /// A trail with the same events in the history and in the outbox.
    #[must_use]
    pub fn of(events: &[&str]) -> Self {
        let events: Vec<String> = events.iter().map(ToString::to_string).collect();
        Self { history: events.clone(), outbox: events }
    }
}

/// A row that no correct program could have written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The player's skill profile is not one.
    UnreadableProfile(PlayerId),
    /// The number of the account's next ledger entry is taken: an update was lost.
    TakenEntryNumber(PlayerId, Currency),
    /// The number of the player's next skill step is taken.
    TakenStepNumber(PlayerId),
}
