//! What happened, for whoever listens: the feed, and its places.

mod cloud_event;

use ports::spi::EventScope;
use serde::Serialize;

pub use self::cloud_event::CloudEvent;
use crate::{Guerdon, GuerdonError};

/// Some of the feed, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventPage {
    /// The events.
    pub events: Vec<CloudEvent>,
    /// The place of the last of them, or where the page began when it has none: the next page is
    /// behind it.
    pub last: i64,
}

impl Guerdon {
    /// A page of the feed: the first `limit` events behind `after`, 0 for the start. Whoever goes on
    /// behind the last page misses nothing, whatever is being paid meanwhile.
    pub async fn events(
        &self,
        scope: EventScope,
        after: i64,
        limit: u32,
    ) -> Result<EventPage, GuerdonError> {
        let records = self.store().outbox().list_events(scope, after, limit).await?;
        let last = records.last().map_or(after, |it| it.position);
        Ok(EventPage { events: records.iter().map(CloudEvent::of).collect(), last })
    }

    /// Gives what is committed its place in the feed, page by page, until nothing is left; answers
    /// how many events that was. Any number of callers may do this at once. Until somebody does,
    /// nobody sees them: a relay does it all the time.
    #[tracing::instrument(skip(self))]
    pub async fn dispatch_events(&self) -> Result<u64, GuerdonError> {
        let outbox = self.store().outbox();
        let mut total = 0;
        loop {
            match outbox.dispatch(DISPATCHED_MAX).await? {
                0 => return Ok(total),
                placed => total += placed,
            }
        }
    }
}

/// Events of each family that are given their place in one transaction.
const DISPATCHED_MAX: u32 = 1_000;
