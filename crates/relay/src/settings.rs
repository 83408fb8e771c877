//! How a relay works.

use std::time::Duration;

use app_service::WebhookRules;
use thiserror::Error;

use crate::RetryPlan;

/// How a relay works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelaySettings {
    /// How often it looks for something to do.
    pub pause: Duration,
    /// Webhooks that are served at once.
    pub webhooks_max: u32,
    /// Deliveries to one webhook that are under way at once.
    pub deliveries_max: u32,
    /// How long a receiver has to answer.
    pub timeout: Duration,
    /// How much longer than that a claim lasts, for what comes between.
    pub grace: Duration,
    /// How often, and when, what does not arrive is tried again.
    pub retries: RetryPlan,
    /// Where deliveries may go.
    pub rules: WebhookRules,
    /// How long what has arrived is remembered.
    pub kept: Duration,
}

/// Why there is no relay.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RelayError {
    /// Nothing can be sent from here.
    #[error("no client for HTTP can be set up")]
    Client(#[from] reqwest::Error),
}

impl RelaySettings {
    /// How long a claim lasts.
    pub(crate) fn lease(&self) -> Duration {
        self.timeout + self.grace
    }
}

impl Default for RelaySettings {
    fn default() -> Self {
        Self {
            pause: Duration::from_millis(500),
            webhooks_max: 64,
            deliveries_max: 16,
            timeout: Duration::from_secs(15),
            grace: Duration::from_secs(30),
            retries: RetryPlan::default(),
            rules: WebhookRules::default(),
            kept: Duration::from_hours(30 * 24),
        }
    }
}
