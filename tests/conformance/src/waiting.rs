//! Two parties at once: who waits, who does not, and who starts together.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll, time::Duration};

use ports::UnitOfWork;
use tokio::{sync::Barrier, task::JoinHandle, time::timeout};

use crate::Harness;

/// Long enough for a healthy store to answer, short enough to wait out in every run.
const PATIENCE: Duration = Duration::from_millis(150);

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_secs(20);

/// Somebody on a task of its own who has been seen to wait.
#[derive(Debug)]
pub(crate) struct Waiting<T>(JoinHandle<T>);

/// Starts `party` and sees it wait.
pub(crate) async fn waits<T: Send + 'static>(
    party: impl Future<Output = T> + Send + 'static,
) -> Waiting<T> {
    let mut task = tokio::spawn(party);
    assert!(timeout(PATIENCE, &mut task).await.is_err(), "the second party did not wait");
    Waiting(task)
}

impl<T> Waiting<T> {
    /// Sees it wait on.
    pub(crate) async fn still_waits(mut self) -> Self {
        assert!(
            timeout(PATIENCE, &mut self.0).await.is_err(),
            "the second party waited too little"
        );
        self
    }

    /// Sees it go on, and answers what it came back with.
    pub(crate) async fn goes_on(self) -> T {
        finishes(self.0).await.expect("the second party panicked")
    }

    /// Makes it go away.
    pub(crate) async fn gives_up(self) {
        self.0.abort();
        assert!(finishes(self.0).await.is_err(), "the second party was not waiting");
    }
}

/// Sees `party` come to its end without waiting for anybody.
pub(crate) async fn finishes<T>(party: impl Future<Output = T>) -> T {
    timeout(GIVE_UP, party).await.expect("waits for ever")
}

/// Polls `party` at most `polls` times and drops it where it then stands: an answer may be under
/// way. `None` when it had not ended.
pub(crate) async fn for_polls<T>(polls: usize, party: impl Future<Output = T>) -> Option<T> {
    let mut party = pin!(party);
    let mut left = polls;
    poll_fn(|context| {
        left -= 1;
        match party.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Keeps `uow` open beside what comes next, where the database can do that. One with a single
/// writer makes the next transaction wait at `begin`: there, the parties go one after the other,
/// and the case asserts that they come to the same.
pub(crate) async fn open_beside(harness: &impl Harness, uow: UnitOfWork) -> Option<UnitOfWork> {
    if harness.has_concurrent_writers() {
        return Some(uow);
    }
    uow.commit().await.unwrap();
    None
}

/// Runs all of `parties` at once, on tasks of their own that start together.
pub(crate) async fn at_once<T, Party>(parties: impl IntoIterator<Item = Party>) -> Vec<T>
where
    T: Send + 'static,
    Party: Future<Output = T> + Send + 'static,
{
    let parties: Vec<_> = parties.into_iter().collect();
    let start = Arc::new(Barrier::new(parties.len()));
    let begin_together = |party: Party| {
        let start = Arc::clone(&start);
        tokio::spawn(async move {
            start.wait().await;
            party.await
        })
    };
    let tasks: Vec<_> = parties.into_iter().map(begin_together).collect();
    let mut answers = Vec::with_capacity(tasks.len());
    for task in tasks {
        answers.push(finishes(task).await.expect("a party panicked"));
    }
    answers
}
