//! What a relay does between the feed and a receiver, but for the sending.

use std::{fmt, time::Duration};

use ports::{
    Timestamp,
    spi::{Attempt, AttemptResult, ClaimedDelivery, DeliveryClaim, WebhookRecord},
};
use uuid::Uuid;

use crate::{CloudEvent, Guerdon, WebhookError, row_id::row_id};

/// Deliveries that a relay has claimed, all to one webhook.
#[derive(Clone)]
pub struct Batch {
    /// To which webhook.
    pub webhook: Uuid,
    /// Where to.
    pub url: String,
    /// What to sign with: each of them signs.
    secrets: Vec<String>,
    /// What to deliver, in the order of the feed.
    pub parcels: Vec<Parcel>,
    claim: Uuid,
    claimed_at: Timestamp,
}

/// One event to be delivered.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Its place in the feed.
    pub position: i64,
    /// The event.
    pub event: CloudEvent,
    /// How often it was tried before.
    pub attempts: u32,
}

/// What came of trying to deliver one parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Its place in the feed.
    pub position: i64,
    /// The status that the receiver answered, if it did.
    pub status: Option<u16>,
    /// What went wrong, for people; empty when nothing did.
    pub error: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a parcel that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The receiver has it.
    Delivered,
    /// It is tried again after this.
    RetryAfter(Duration),
    /// It is not tried again: a dead letter.
    Dead,
}

/// Without the secrets.
impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("webhook", &self.webhook)
            .field("url", &self.url)
            .field("parcels", &self.parcels.len())
            .finish_non_exhaustive()
    }
}

impl Batch {
    /// What to sign with: each of them signs.
    #[must_use]
    pub fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// When it was claimed, in seconds since 1970: what receivers are told as the time of the
    /// attempt.
    #[must_use]
    pub fn timestamp(&self) -> i64 {
        self.claimed_at.unix_timestamp()
    }
}

impl Guerdon {
    /// Active webhooks with something to do, at most `limit`.
    pub async fn busy_webhooks(&self, limit: u32) -> Result<Vec<Uuid>, WebhookError> {
        Ok(self.store().outbox().busy_webhooks(self.now(), limit).await?)
    }

    /// Makes deliveries of the events behind a webhook's place in the feed, page by page; answers how
    /// many events it has come along. Others who do the same meanwhile are left to it.
    pub async fn fan_out(&self, webhook: Uuid) -> Result<u64, WebhookError> {
        let outbox = self.store().outbox();
        let mut total = 0;
        loop {
            match outbox.fan_out(webhook, FANNED_OUT_MAX, self.now()).await? {
                0 => return Ok(total),
                events => total += events,
            }
        }
    }

    /// Claims deliveries to a webhook for the time of `lease`; `None` when nothing is due. Whoever
    /// does not [record](Self::record_batch) them by then has them delivered by somebody else, again.
    pub async fn claim_batch(
        &self,
        webhook: Uuid,
        limit: u32,
        lease: Duration,
    ) -> Result<Option<Batch>, WebhookError> {
        let outbox = self.store().outbox();
        let Some(found) = outbox.find_webhook(webhook).await? else { return Ok(None) };
        let now = self.now();
        let (id, until) = (row_id(now), now + lease);
        let claim = DeliveryClaim { webhook, id, now, until, limit };
        let claimed = outbox.claim_deliveries(&claim).await?;
        Ok((!claimed.is_empty()).then(|| batch(found, claim, claimed)))
    }

    /// Records what came of a batch; answers of how many parcels. What the lease was over for, and
    /// somebody else has claimed, is theirs to record.
    pub async fn record_batch(&self, batch: &Batch, tried: &[Tried]) -> Result<u64, WebhookError> {
        let now = self.now();
        let attempts: Vec<_> = tried.iter().map(|it| attempt(it, now)).collect();
        Ok(self.store().outbox().record_attempts(batch.webhook, batch.claim, &attempts).await?)
    }
}

/// Events that are made deliveries of in one transaction.
const FANNED_OUT_MAX: u32 = 500;

fn batch(webhook: WebhookRecord, claim: DeliveryClaim, claimed: Vec<ClaimedDelivery>) -> Batch {
    let parcel = |it: ClaimedDelivery| Parcel {
        position: it.event.position,
        event: CloudEvent::of(&it.event),
        attempts: it.attempts,
    };
    Batch {
        secrets: webhook.signing_secrets(claim.now).map(ToOwned::to_owned).collect(),
        webhook: webhook.id,
        url: webhook.url,
        parcels: claimed.into_iter().map(parcel).collect(),
        claim: claim.id,
        claimed_at: claim.now,
    }
}

fn attempt(tried: &Tried, now: Timestamp) -> Attempt {
    let result = match tried.fate {
        Fate::Delivered => AttemptResult::Delivered,
        Fate::RetryAfter(delay) => AttemptResult::RetryAt(now + delay),
        Fate::Dead => AttemptResult::Dead,
    };
    let Tried { position, status, ref error, .. } = *tried;
    Attempt { position, at: now, status, error: error.clone(), result }
}
