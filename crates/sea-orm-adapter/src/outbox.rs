//! The outbox: the feed, and what relays keep beside the tables that pay.

use async_trait::async_trait;
use ports::{
    StoreError, Timestamp,
    spi::{
        Attempt, ClaimedDelivery, DeliveryClaim, DeliveryRecord, DeliveryState, EventRecord,
        EventScope, Outbox, Recorded, Replay, WebhookRecord, WebhookState,
    },
};
use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions};
use uuid::Uuid;

use crate::{
    connection::Connection,
    errors,
    pool::Pool,
    sql::Step,
    statements::{
        deliveries,
        feed::{self, Places},
        webhooks,
    },
};

const BEGINNING: Step = Step { during: "begin", table: "transaction" };

/// The outbox of a database.
#[derive(Debug)]
pub(crate) struct SeaOrmOutbox(pub(crate) Pool);

/// One change of what relays keep: all of it or nothing. Dropped, it never was.
struct Work<'a> {
    inner: DatabaseTransaction,
    pool: &'a Pool,
}

impl SeaOrmOutbox {
    async fn begin(&self) -> Result<Work<'_>, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Work { inner: self.0.begin(BEGINNING, options).await?, pool: &self.0 })
    }
}

impl Work<'_> {
    fn connection(&self) -> Connection<'_> {
        Connection::within(&self.inner, self.pool)
    }

    async fn commit(self) -> Result<(), StoreError> {
        self.pool.count();
        self.inner.commit().await.map_err(errors::committing)
    }
}

#[async_trait]
impl Outbox for SeaOrmOutbox {
    async fn dispatch(&self, limit: u32) -> Result<u64, StoreError> {
        let work = self.begin().await?;
        let placed = feed::dispatch(&work.connection(), limit).await?;
        work.commit().await?;
        Ok(placed)
    }

    async fn last_position(&self) -> Result<i64, StoreError> {
        feed::last(&self.0.reading()).await
    }

    async fn list_events(
        &self,
        scope: EventScope,
        after: i64,
        limit: u32,
    ) -> Result<Vec<EventRecord>, StoreError> {
        feed::list(&self.0.reading(), scope, Places::Behind { after, limit }).await
    }

    async fn insert_webhook(&self, webhook: &WebhookRecord) -> Result<Recorded, StoreError> {
        webhooks::insert(&self.0.reading(), webhook).await
    }

    async fn find_webhook(&self, id: Uuid) -> Result<Option<WebhookRecord>, StoreError> {
        webhooks::find(&self.0.reading(), id).await
    }

    async fn list_webhooks(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<WebhookRecord>, StoreError> {
        webhooks::list(&self.0.reading(), after, limit).await
    }

    async fn update_webhook(&self, webhook: &WebhookRecord) -> Result<bool, StoreError> {
        webhooks::update(&self.0.reading(), webhook).await
    }

    async fn delete_webhook(&self, id: Uuid) -> Result<bool, StoreError> {
        let work = self.begin().await?;
        // The webhook first: whoever fans out to it has it locked.
        let deleted = webhooks::delete(&work.connection(), id).await?;
        deliveries::delete(&work.connection(), id).await?;
        work.commit().await?;
        Ok(deleted)
    }

    async fn busy_webhooks(&self, now: Timestamp, limit: u32) -> Result<Vec<Uuid>, StoreError> {
        webhooks::busy(&self.0.reading(), now, limit).await
    }

    async fn fan_out(&self, webhook: Uuid, limit: u32, now: Timestamp) -> Result<u64, StoreError> {
        let work = self.begin().await?;
        let connection = work.connection();
        let locked = webhooks::lock(&connection, webhook).await?;
        let Some(locked) = locked.filter(|it| it.state == WebhookState::Active) else {
            return Ok(0);
        };
        let next = Places::Behind { after: locked.position, limit };
        let events = feed::list(&connection, EventScope::All, next).await?;
        let Some(last) = events.last().map(|it| it.position) else { return Ok(0) };
        let wanted = events.iter().filter(|it| locked.wants(&it.event_type()));
        let wanted: Vec<_> = wanted.map(|it| it.position).collect();
        if !wanted.is_empty() {
            deliveries::insert(&connection, webhook, &wanted, now).await?;
        }
        webhooks::move_on(&connection, webhook, last).await?;
        work.commit().await?;
        Ok(events.len() as u64)
    }

    async fn claim_deliveries(
        &self,
        claim: &DeliveryClaim,
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        deliveries::claim(&self.0.reading(), claim).await
    }

    async fn record_attempts(
        &self,
        webhook: Uuid,
        claim: Uuid,
        attempts: &[Attempt],
    ) -> Result<u64, StoreError> {
        deliveries::record(&self.0.reading(), webhook, claim, attempts).await
    }

    async fn list_deliveries(
        &self,
        webhook: Uuid,
        state: Option<DeliveryState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<DeliveryRecord>, StoreError> {
        deliveries::list(&self.0.reading(), webhook, state, after, limit).await
    }

    async fn replay(&self, webhook: Uuid, what: Replay, now: Timestamp) -> Result<u64, StoreError> {
        let work = self.begin().await?;
        let connection = work.connection();
        if let Replay::Behind(position) = what {
            webhooks::move_back(&connection, webhook, position).await?;
        }
        let replayed = deliveries::replay(&connection, webhook, what, now).await?;
        work.commit().await?;
        Ok(replayed)
    }

    async fn delete_delivered(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        deliveries::delete_delivered(&self.0.reading(), before, limit).await
    }
}
