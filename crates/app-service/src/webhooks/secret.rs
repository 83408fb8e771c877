//! Secrets that deliveries are signed with.

use base64::{Engine, prelude::BASE64_STANDARD};
use ports::spi::WebhookSecret;

use super::WebhookError;

/// As long as the hash that it keys.
const BYTES: usize = 32;

/// A new secret, in the form of Standard Webhooks.
pub(super) fn draw() -> Result<WebhookSecret, WebhookError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|it| WebhookError::NoSecret(it.into()))?;
    Ok(WebhookSecret {
        text: format!("whsec_{}", BASE64_STANDARD.encode(bytes)),
        signs_until: None,
    })
}
