//! What happened, for whoever listens: beside the rows, as the logbook is.

mod deliveries;
mod feed;
mod webhooks;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use ports::{
    StoreError, Timestamp,
    spi::{
        Attempt, ClaimedDelivery, DeliveryClaim, DeliveryRecord, DeliveryState, EventOwner,
        EventRecord, EventScope, Outbox, Recorded, Replay, WebhookRecord,
    },
};
use uuid::Uuid;

use self::deliveries::Delivery;
use crate::shared::Shared;

/// What relays keep. Clones are the same desk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Desk(Arc<Mutex<Papers>>);

/// Every method does its work in one step, so that those who are at it at once take turns.
#[derive(Debug, Default)]
struct Papers {
    /// By position: the first has position 1.
    feed: Vec<EventRecord>,
    /// The number of each owner's last event in the feed.
    told: BTreeMap<EventOwner, i64>,
    webhooks: BTreeMap<Uuid, WebhookRecord>,
    /// By webhook and position.
    deliveries: BTreeMap<(Uuid, i64), Delivery>,
}

/// The outbox of one store: its committed rows, and the desk beside them.
#[derive(Debug)]
pub(crate) struct MemoryOutbox {
    pub(crate) shared: Shared,
    pub(crate) desk: Desk,
}

impl MemoryOutbox {
    fn open(&self) -> MutexGuard<'_, Papers> {
        self.desk.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Outbox for MemoryOutbox {
    async fn dispatch(&self, limit: u32) -> Result<u64, StoreError> {
        let mut papers = self.open();
        let committed = self.shared.enter().committed.clone();
        papers.dispatch(&committed, limit as usize)
    }

    async fn last_position(&self) -> Result<i64, StoreError> {
        Ok(self.open().last_position())
    }

    async fn list_events(
        &self,
        scope: EventScope,
        after: i64,
        limit: u32,
    ) -> Result<Vec<EventRecord>, StoreError> {
        let papers = self.open();
        let wanted = papers.behind(after).filter(|it| it.is_in(scope));
        Ok(wanted.take(limit as usize).cloned().collect())
    }

    async fn insert_webhook(&self, webhook: &WebhookRecord) -> Result<Recorded, StoreError> {
        Ok(self.open().insert_webhook(webhook))
    }

    async fn find_webhook(&self, id: Uuid) -> Result<Option<WebhookRecord>, StoreError> {
        Ok(self.open().webhooks.get(&id).cloned())
    }

    async fn list_webhooks(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<WebhookRecord>, StoreError> {
        let papers = self.open();
        let behind = papers.webhooks.values().filter(|it| Some(it.id) > after);
        Ok(behind.take(limit as usize).cloned().collect())
    }

    async fn update_webhook(&self, webhook: &WebhookRecord) -> Result<bool, StoreError> {
        Ok(self.open().update_webhook(webhook))
    }

    async fn delete_webhook(&self, id: Uuid) -> Result<bool, StoreError> {
        Ok(self.open().delete_webhook(id))
    }

    async fn busy_webhooks(&self, now: Timestamp, limit: u32) -> Result<Vec<Uuid>, StoreError> {
        Ok(self.open().busy_webhooks(now, limit as usize))
    }

    async fn fan_out(&self, webhook: Uuid, limit: u32, now: Timestamp) -> Result<u64, StoreError> {
        Ok(self.open().fan_out(webhook, limit as usize, now))
    }

    async fn claim_deliveries(
        &self,
        claim: &DeliveryClaim,
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        Ok(self.open().claim(claim))
    }

    async fn record_attempts(
        &self,
        webhook: Uuid,
        claim: Uuid,
        attempts: &[Attempt],
    ) -> Result<u64, StoreError> {
        Ok(self.open().record_attempts(webhook, claim, attempts))
    }

    async fn list_deliveries(
        &self,
        webhook: Uuid,
        state: Option<DeliveryState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<DeliveryRecord>, StoreError> {
        Ok(self.open().list_deliveries(webhook, state, after, limit as usize))
    }

    async fn replay(&self, webhook: Uuid, what: Replay, now: Timestamp) -> Result<u64, StoreError> {
        Ok(self.open().replay(webhook, what, now))
    }

    async fn delete_delivered(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        Ok(self.open().delete_delivered(before, limit as usize))
    }
}
