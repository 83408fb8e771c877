//! Waiting for what others do, and not for ever.

use std::time::Duration;

use tokio::time::timeout;

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_mins(1);

/// Waits for others to come so far; panics if they never do.
pub(crate) async fn in_time<T>(others: impl Future<Output = T>) -> T {
    timeout(GIVE_UP, others).await.expect("somebody waits for ever")
}
