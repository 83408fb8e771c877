//! Serves one webhook: claims what is due, sends it, and records what came of it.

use std::time::Duration;

use app_service::{Batch, Fate, Guerdon, Parcel, Tried, WebhookError};
use futures::future::join_all;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    RelaySettings,
    client::{Answer, Courier},
};

/// Whoever serves one webhook at a time.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) guerdon: Guerdon,
    pub(crate) courier: Courier,
    pub(crate) settings: RelaySettings,
    /// Set once nothing more is to be begun.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Service {
    /// Serves the webhook until nothing is due. What was claimed is sent and recorded even when the
    /// relay stops; what is not recorded, because it was killed, is due again when the claim is over.
    pub(crate) async fn serve(self, webhook: Uuid) {
        if let Err(error) = self.try_to_serve(webhook).await {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(%webhook, error, "deliveries wait");
        }
    }

    async fn try_to_serve(&self, webhook: Uuid) -> Result<(), WebhookError> {
        self.guerdon.fan_out(webhook).await?;
        let (limit, lease) = (self.settings.deliveries_max, self.settings.lease());
        while !*self.stopping.borrow() {
            let Some(batch) = self.guerdon.claim_batch(webhook, limit, lease).await? else { break };
            let answers = self.send_all(&batch).await;
            let is_gone = answers.iter().any(|it| matches!(it, Answer::Gone(_)));
            let tried: Vec<_> = batch
                .parcels
                .iter()
                .zip(answers)
                .map(|(it, answer)| self.tried(it, answer))
                .collect();
            if is_gone {
                tracing::warn!(%webhook, "the receiver is gone: nothing more is delivered to it");
                self.guerdon.mark_webhook_gone(webhook).await?;
            }
            self.guerdon.record_batch(&batch, &tried).await?;
        }
        Ok(())
    }

    /// All at once: a batch takes as long as the slowest answer, which is no longer than the timeout.
    async fn send_all(&self, batch: &Batch) -> Vec<Answer> {
        join_all(batch.parcels.iter().map(|it| self.courier.send(batch, it))).await
    }

    fn tried(&self, parcel: &Parcel, answer: Answer) -> Tried {
        let position = parcel.position;
        let again = |at_least: Option<Duration>| {
            let pause = self.settings.retries.pause(parcel.attempts);
            let longest = self.settings.retries.longest;
            let asked = at_least.unwrap_or_default().min(longest);
            pause.map_or(Fate::Dead, |it| Fate::RetryAfter(it.max(asked)))
        };
        match answer {
            Answer::Accepted(status) => Tried {
                position,
                status: Some(status.as_u16()),
                error: String::new(),
                fate: Fate::Delivered,
            },
            // It waits for somebody to make the webhook active again.
            Answer::Gone(status) => Tried {
                position,
                status: Some(status.as_u16()),
                error: "the receiver is gone".to_owned(),
                fate: Fate::RetryAfter(Duration::ZERO),
            },
            Answer::Refused(status, after) => Tried {
                position,
                status: Some(status.as_u16()),
                error: format!("the receiver answered {status}"),
                fate: again(after),
            },
            Answer::None(error) => Tried { position, status: None, error, fate: again(None) },
        }
    }
}
