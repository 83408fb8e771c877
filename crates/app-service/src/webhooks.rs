//! Webhooks: where events are delivered to, and what becomes of each delivery.

mod address;
mod error;
mod secret;
mod types;
mod url;
mod view;

use std::time::Duration;

use ports::spi::{DeliveryState, Outbox, Replay, WebhookRecord, WebhookState};
use uuid::Uuid;

pub use self::{
    address::is_public,
    error::WebhookError,
    types::event_types,
    url::{WebhookRules, check_webhook_url},
    view::{DeliveryView, WebhookView, WebhookWithSecret},
};
use crate::{Guerdon, row_id::row_id, text};

/// What a webhook is set up with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewWebhook {
    /// Where to.
    pub url: String,
    /// What for, for people; may be empty.
    pub description: String,
    /// The types that are wanted; all when there are none.
    pub event_types: Vec<String>,
}

/// What is changed about a webhook; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebhookChange {
    /// Where to.
    pub url: Option<String>,
    /// What for, for people; may be empty.
    pub description: Option<String>,
    /// The types that are wanted; all when there are none.
    pub event_types: Option<Vec<String>>,
    /// Whether anything is delivered. Events that happen meanwhile wait.
    pub active: Option<bool>,
}

impl Guerdon {
    /// Sets up a webhook, to which events are delivered from now on. The secret is answered here and
    /// never again.
    pub async fn create_webhook(
        &self,
        new: NewWebhook,
        rules: WebhookRules,
    ) -> Result<WebhookWithSecret, WebhookError> {
        check(&new.url, &new.description, &new.event_types, rules)?;
        let (now, secret) = (self.now(), secret::draw()?);
        let outbox = self.store().outbox();
        let webhook = WebhookRecord {
            id: row_id(now),
            version: 1,
            url: new.url,
            description: new.description,
            event_types: new.event_types,
            secrets: vec![secret.clone()],
            state: WebhookState::Active,
            position: outbox.last_position().await?,
            created_at: now,
            changed_at: now,
        };
        outbox.insert_webhook(&webhook).await?;
        Ok(WebhookWithSecret { webhook: WebhookView::of(&webhook), secret: secret.text })
    }

    /// A page of all webhooks, in the order in which they were set up.
    pub async fn webhooks(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<WebhookView>, WebhookError> {
        let page = self.store().outbox().list_webhooks(after, limit).await?;
        Ok(page.iter().map(WebhookView::of).collect())
    }

    /// One webhook.
    pub async fn webhook(&self, id: Uuid) -> Result<WebhookView, WebhookError> {
        Ok(WebhookView::of(&find(self.store().outbox().as_ref(), id).await?))
    }

    /// Changes a webhook. Whoever makes one active again that was gone has its events delivered.
    pub async fn change_webhook(
        &self,
        id: Uuid,
        change: WebhookChange,
        rules: WebhookRules,
    ) -> Result<WebhookView, WebhookError> {
        let changed = self.update(id, |webhook| {
            let WebhookChange { url, description, event_types, active } = change.clone();
            webhook.url = url.unwrap_or_else(|| webhook.url.clone());
            webhook.description = description.unwrap_or_else(|| webhook.description.clone());
            webhook.event_types = event_types.unwrap_or_else(|| webhook.event_types.clone());
            webhook.state = match active {
                Some(true) => WebhookState::Active,
                Some(false) => WebhookState::Paused,
                None => webhook.state,
            };
            check(&webhook.url, &webhook.description, &webhook.event_types, rules)
        });
        Ok(WebhookView::of(&changed.await?))
    }

    /// Gives a webhook a new secret. The one before signs along until `overlap` is over, so that a
    /// receiver can change from one to the other without missing anything; older ones are forgotten.
    pub async fn rotate_webhook_secret(
        &self,
        id: Uuid,
        overlap: Duration,
    ) -> Result<WebhookWithSecret, WebhookError> {
        let new = secret::draw()?;
        let until = (self.now() + overlap).unix_timestamp();
        let rotated = self.update(id, |webhook| {
            let mut before = webhook.secrets.iter().take(1).cloned().collect::<Vec<_>>();
            for secret in &mut before {
                secret.signs_until = Some(until);
            }
            webhook.secrets = vec![new.clone()];
            webhook.secrets.append(&mut before);
            Ok(())
        });
        let webhook = WebhookView::of(&rotated.await?);
        Ok(WebhookWithSecret { webhook, secret: new.text })
    }

    /// Notes that the receiver of a webhook is gone for good: nothing more is delivered before
    /// somebody makes it active again.
    pub async fn mark_webhook_gone(&self, id: Uuid) -> Result<WebhookView, WebhookError> {
        let gone = self.update(id, |webhook| {
            webhook.state = WebhookState::Gone;
            Ok(())
        });
        Ok(WebhookView::of(&gone.await?))
    }

    /// Removes a webhook with all that was to be delivered to it.
    pub async fn delete_webhook(&self, id: Uuid) -> Result<(), WebhookError> {
        let there = self.store().outbox().delete_webhook(id).await?;
        there.then_some(()).ok_or(WebhookError::NoWebhook(id))
    }

    /// A page of what was, is or could not be delivered to a webhook, in the order of the feed;
    /// [`DeliveryState::Dead`] are its dead letters.
    pub async fn deliveries(
        &self,
        id: Uuid,
        state: Option<DeliveryState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<DeliveryView>, WebhookError> {
        let outbox = self.store().outbox();
        find(outbox.as_ref(), id).await?;
        let page = outbox.list_deliveries(id, state, after, limit).await?;
        Ok(page.iter().map(DeliveryView::of).collect())
    }

    /// Has events delivered to a webhook again, with the ids that they have always had; answers how
    /// many of those that were delivered, dead or pending are pending anew.
    pub async fn replay_deliveries(&self, id: Uuid, what: Replay) -> Result<u64, WebhookError> {
        let outbox = self.store().outbox();
        find(outbox.as_ref(), id).await?;
        Ok(outbox.replay(id, what, self.now()).await?)
    }

    /// Forgets deliveries that have arrived and were made longer ago than `kept`, page by page.
    pub async fn forget_deliveries(&self, kept: Duration) -> Result<u64, WebhookError> {
        let outbox = self.store().outbox();
        let before = self.now() - kept;
        let mut total = 0;
        loop {
            match outbox.delete_delivered(before, FORGOTTEN_MAX).await? {
                0 => return Ok(total),
                removed => total += removed,
            }
        }
    }

    /// Changes a webhook as it is, again when somebody else has changed it meanwhile.
    async fn update(
        &self,
        id: Uuid,
        change: impl Fn(&mut WebhookRecord) -> Result<(), WebhookError>,
    ) -> Result<WebhookRecord, WebhookError> {
        let outbox = self.store().outbox();
        for _ in 0..CHANGES_MAX {
            let mut webhook = find(outbox.as_ref(), id).await?;
            change(&mut webhook)?;
            webhook.changed_at = self.now();
            if outbox.update_webhook(&webhook).await? {
                return Ok(WebhookRecord { version: webhook.version + 1, ..webhook });
            }
        }
        Err(WebhookError::Busy(id))
    }
}

/// Deliveries that are forgotten in one statement.
const FORGOTTEN_MAX: u32 = 1_000;
/// Others who are faster, before a change is given up.
const CHANGES_MAX: u32 = 10;

async fn find(outbox: &dyn Outbox, id: Uuid) -> Result<WebhookRecord, WebhookError> {
    outbox.find_webhook(id).await?.ok_or(WebhookError::NoWebhook(id))
}

fn check(
    url: &str,
    description: &str,
    event_types: &[String],
    rules: WebhookRules,
) -> Result<(), WebhookError> {
    check_webhook_url(url, rules)?;
    if !description.is_empty() {
        text::check("webhook description", description)
            .map_err(|it| WebhookError::Description(it.to_string()))?;
    }
    types::check(event_types)
}
