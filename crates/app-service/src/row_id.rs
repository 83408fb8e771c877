//! Ids of rows that name nothing of the outside world.

use ports::Timestamp;
use uuid::{NoContext, Uuid};

/// A new id, in the order of time, so that new rows are neighbours in their table.
pub(crate) fn row_id(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.unix_timestamp()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, now.nanosecond()))
}
