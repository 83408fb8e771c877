//! Signs what is delivered, as [Standard Webhooks](https://www.standardwebhooks.com) has it.

use app_service::{Batch, Parcel};
use standardwebhooks::Webhook;

/// What a receiver verifies: one signature of each secret, so that it may know either of two while
/// they change. `None` when there is no secret that can sign: nothing is sent unsigned.
pub(crate) fn signatures(batch: &Batch, parcel: &Parcel, body: &[u8]) -> Option<String> {
    let id = parcel.event.id.to_string();
    let sign = |secret: &String| Webhook::new(secret).ok()?.sign(&id, batch.timestamp(), body).ok();
    let signed: Vec<String> = batch.secrets().iter().filter_map(sign).collect();
    (!signed.is_empty()).then(|| signed.join(" "))
}
