//! What the service answers.

use reqwest::{Response, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ClientError;

/// An answer that is a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What it says.
    pub body: T,
    /// The status.
    pub status: u16,
    /// Names what was asked for as it is now, where it has a name.
    pub etag: Option<String>,
    /// Whether it was given before, to the same request under the same idempotency key.
    pub replayed: bool,
}

impl<T: DeserializeOwned> Answer<T> {
    /// Reads a response to its end.
    pub(crate) async fn of(response: Response) -> Result<Self, ClientError> {
        let status = response.status();
        let header = |name| response.headers().get(name).and_then(|it| it.to_str().ok());
        let etag = header(header::ETAG.as_str()).map(str::to_owned);
        let replayed = header("idempotency-replayed") == Some("true");
        let is_text = header("content-type").is_some_and(|it| it.starts_with("text/plain"));
        let bytes = response.bytes().await.map_err(ClientError::Transport)?;
        let unreadable = |source| ClientError::Unreadable { status: status.as_u16(), source };
        if !status.is_success() {
            let problem = serde_json::from_slice(&bytes).map_err(unreadable)?;
            return Err(ClientError::Problem(problem));
        }
        let body = if is_text {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            serde_json::from_value(Value::String(text))
        } else {
            serde_json::from_slice(&bytes)
        };
        Ok(Self { body: body.map_err(unreadable)?, status: status.as_u16(), etag, replayed })
    }
}
