//! What happened, for whoever listens: the feed, and the webhooks that it is delivered to.

mod deliveries;
mod events;
mod payload;
mod webhooks;

use async_trait::async_trait;
use uuid::Uuid;

pub use self::{
    deliveries::{
        Attempt, AttemptResult, ClaimedDelivery, DeliveryClaim, DeliveryRecord, DeliveryState,
        Replay,
    },
    events::{EventOwner, EventRecord, EventScope},
    webhooks::{WebhookRecord, WebhookSecret, WebhookState},
};
use super::Recorded;
use crate::{StoreError, Timestamp};

/// What happened, for whoever listens. Events are written by those who make them happen, in the same
/// transaction; here they get their place in the feed, and are handed out.
///
/// Nothing that pays waits for anything in it.
///
/// # Contract
///
/// **The feed**
/// - **OUTBOX-3** [`dispatch`](Self::dispatch) must give committed events the next positions, from 1
///   without gaps and each event one, however many dispatch at once. What is committed later must
///   come behind what has a position, so that a reader who goes on behind the last position that it
///   has seen misses nothing.
/// - **OUTBOX-4** The positions of one player's events, and of one tournament's, must ascend with
///   their numbers.
/// - **OUTBOX-5** A page of the feed must hold the first `limit` events behind `after` by position,
///   of those that the scope names; pages put together are the whole, each event once.
///
/// **Webhooks**
/// - **RELAY-1** [`fan_out`](Self::fan_out) must make one delivery of each event behind the webhook's
///   position that it wants, and none of another, however many fan out at once; and move the
///   position along, in the same transaction.
/// - **RELAY-2** [`claim_deliveries`](Self::claim_deliveries) must hand out only what is pending and
///   due, of an active webhook, and nothing that another has claimed before the claim is over.
/// - **RELAY-3** [`record_attempts`](Self::record_attempts) must record only what the claim still
///   holds: whoever was too slow, and whose deliveries another has claimed, records nothing.
/// - **RELAY-4** What was delivered, or is dead, must not be handed out again before it is replayed.
/// - **RELAY-5** A webhook is changed by whoever has seen its last version, and by nobody else; one
///   that is removed takes its deliveries with it.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Outbox: Send + Sync + 'static {
    /// Gives committed events that have none their positions, at most `limit` of each family;
    /// answers how many.
    async fn dispatch(&self, limit: u32) -> Result<u64, StoreError>;

    /// The last position that was given; 0 when there is none.
    async fn last_position(&self) -> Result<i64, StoreError>;

    /// A page of the feed.
    async fn list_events(
        &self,
        scope: EventScope,
        after: i64,
        limit: u32,
    ) -> Result<Vec<EventRecord>, StoreError>;

    /// Sets up a webhook. One whose id is known stays as it is.
    async fn insert_webhook(&self, webhook: &WebhookRecord) -> Result<Recorded, StoreError>;

    /// One webhook.
    async fn find_webhook(&self, id: Uuid) -> Result<Option<WebhookRecord>, StoreError>;

    /// A page of all webhooks.
    async fn list_webhooks(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<WebhookRecord>, StoreError>;

    /// Puts `webhook` in the place of its version, and numbers it one higher; its position stays.
    /// `false` when somebody else was faster, or it is gone.
    async fn update_webhook(&self, webhook: &WebhookRecord) -> Result<bool, StoreError>;

    /// Removes a webhook; `false` when it is not there.
    async fn delete_webhook(&self, id: Uuid) -> Result<bool, StoreError>;

    /// Active webhooks in ascending id that have something to do: events to be fanned out, or
    /// deliveries that are due by `now`.
    async fn busy_webhooks(&self, now: Timestamp, limit: u32) -> Result<Vec<Uuid>, StoreError>;

    /// Makes deliveries of the next events behind a webhook's position, at most `limit` events, and
    /// moves the position; answers how many events it has come along. Whoever finds that another is
    /// at it has nothing to do.
    async fn fan_out(&self, webhook: Uuid, limit: u32, now: Timestamp) -> Result<u64, StoreError>;

    /// Claims deliveries, those that have been due the longest first.
    async fn claim_deliveries(
        &self,
        claim: &DeliveryClaim,
    ) -> Result<Vec<ClaimedDelivery>, StoreError>;

    /// Records what became of claimed deliveries; answers of how many.
    async fn record_attempts(
        &self,
        webhook: Uuid,
        claim: Uuid,
        attempts: &[Attempt],
    ) -> Result<u64, StoreError>;

    /// A page of a webhook's deliveries, by position.
    async fn list_deliveries(
        &self,
        webhook: Uuid,
        state: Option<DeliveryState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<DeliveryRecord>, StoreError>;

    /// Has events delivered again, as if they had never been tried; answers how many deliveries are
    /// pending anew. Events that never were deliveries of the webhook are fanned out again, too.
    async fn replay(&self, webhook: Uuid, what: Replay, now: Timestamp) -> Result<u64, StoreError>;

    /// Removes deliveries that were made before `before`, at most `limit`; answers how many.
    async fn delete_delivered(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
