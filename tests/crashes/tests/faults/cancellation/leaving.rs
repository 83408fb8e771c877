//! A caller that goes away in the middle of a step.

use std::{
    fmt,
    pin::pin,
    sync::{Mutex, PoisonError},
    task::Poll,
};

/// The steps of a caller, as it comes to them: each is something that it waits for.
#[derive(Debug, Default)]
pub(crate) struct Steps(Mutex<Vec<&'static str>>);

/// Where a caller goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    /// Number of the step, from 1.
    pub(crate) step: usize,
    /// So often it has been polled in that step.
    pub(crate) polls: usize,
}

impl Steps {
    /// The caller comes to its next step.
    pub(crate) fn next(&self, name: &'static str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }

    /// Those that it has come to.
    pub(crate) fn taken(&self) -> Vec<&'static str> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Polls `caller` until it waits at `point`, and drops it there. Whether it did: the step may be over
/// by then, and the caller gets to its end.
pub(crate) async fn leaves_at(
    point: Point,
    steps: &Steps,
    caller: impl Future<Output = ()>,
) -> bool {
    let mut caller = pin!(caller);
    let mut polls = 0;
    std::future::poll_fn(|context| {
        if caller.as_mut().poll(context).is_ready() {
            return Poll::Ready(false);
        }
        polls += usize::from(steps.taken().len() == point.step);
        if polls == point.polls { Poll::Ready(true) } else { Poll::Pending }
    })
    .await
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, polls } = self;
        write!(f, "gone after {polls} polls of step {step}")
    }
}
