//! Eight callers who start together.

use std::sync::Arc;

use app_service::{Distribution, GuerdonError};
use tokio::sync::Barrier;

/// How many callers race.
pub const CALLERS: usize = 8;

/// Runs `call` for each caller on a task of its own, all let go at the same moment.
pub(crate) async fn race<T, Run>(call: impl Fn(usize) -> Run) -> Vec<T>
where
    T: Send + 'static,
    Run: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(Barrier::new(CALLERS));
    let tasks: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (start, run) = (Arc::clone(&start), call(caller));
            tokio::spawn(async move {
                start.wait().await;
                run.await
            })
        })
        .collect();
    let mut results = Vec::with_capacity(CALLERS);
    for task in tasks {
        results.push(task.await.expect("a caller panicked"));
    }
    results
}

/// Participants whom all callers together paid. Any error but the typed conflict fails the case.
pub(crate) fn paid(outcomes: &[Result<Distribution, GuerdonError>]) -> u64 {
    outcomes.iter().map(applied).sum()
}

/// How many callers were told that it had been done.
pub(crate) fn conflicts(outcomes: &[Result<Distribution, GuerdonError>]) -> usize {
    outcomes.iter().filter(|it| matches!(it, Err(GuerdonError::Conflict { .. }))).count()
}

fn applied(outcome: &Result<Distribution, GuerdonError>) -> u64 {
    match outcome {
        Ok(distribution) => {
            assert!(distribution.failed.is_empty(), "{:?}", distribution.failed);
            distribution.applied
        }
        Err(GuerdonError::Conflict { .. }) => 0,
        Err(error) => panic!("only a typed conflict may come back, not {error:?}"),
    }
}
