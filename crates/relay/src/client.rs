//! Sends one parcel to a receiver, and says what came of it.

use std::{sync::Arc, time::Duration};

use app_service::{Batch, Parcel, check_webhook_url};
use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};

use crate::{RelayError, RelaySettings, resolver::CheckedNames, signature::signatures};

/// What came of sending a parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The receiver has it.
    Accepted(StatusCode),
    /// The receiver wants nothing any more.
    Gone(StatusCode),
    /// The receiver does not want it, now; perhaps it says after which time it does.
    Refused(StatusCode, Option<Duration>),
    /// There was no answer.
    None(String),
}

/// Sends parcels.
#[derive(Debug, Clone)]
pub(crate) struct Courier {
    client: Client,
    settings: RelaySettings,
}

impl Courier {
    /// A client that follows no redirect and asks no proxy: either would go where nobody has looked.
    pub(crate) fn new(settings: RelaySettings) -> Result<Self, RelayError> {
        // Somebody else in this process may have chosen a provider before: theirs is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("guerdon/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(CheckedNames(settings.rules)))
            .timeout(settings.timeout)
            .build()?;
        Ok(Self { client, settings })
    }

    /// Sends a parcel once. The body of the answer is not read: it may be endless.
    pub(crate) async fn send(&self, batch: &Batch, parcel: &Parcel) -> Answer {
        let url = match check_webhook_url(&batch.url, self.settings.rules) {
            Ok(url) => url,
            Err(refusal) => return Answer::None(refusal.to_string()),
        };
        let Ok(body) = serde_json::to_vec(&parcel.event) else {
            return Answer::None("the event cannot be written".to_owned());
        };
        let Some(signatures) = signatures(batch, parcel, &body) else {
            return Answer::None("the webhook has no secret that can sign".to_owned());
        };
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/cloudevents+json")
            .header("webhook-id", parcel.event.id.to_string())
            .header("webhook-timestamp", batch.timestamp())
            .header("webhook-signature", signatures)
            .body(body);
        match request.send().await {
            Ok(response) => answered(&response),
            Err(error) => Answer::None(with_causes(&error.without_url())),
        }
    }
}

fn answered(response: &Response) -> Answer {
    match response.status() {
        it if it.is_success() => Answer::Accepted(it),
        StatusCode::GONE => Answer::Gone(StatusCode::GONE),
        it => Answer::Refused(it, retry_after(response)),
    }
}

/// How long the receiver wants to be left alone, if it says so in seconds.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The error and what is behind it, in one line.
fn with_causes(error: &reqwest::Error) -> String {
    let first: &dyn std::error::Error = error;
    let chain = std::iter::successors(Some(first), |it| it.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
