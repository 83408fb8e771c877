//! The public keys of an issuer: fetched, kept for a while, and fetched again when a new one is used.

use std::{
    collections::HashMap,
    fmt, io,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use app_service::Clock;
use jsonwebtoken::{
    DecodingKey,
    jwk::{Jwk, PublicKeyUse},
};
use reqwest::{Client, Url, redirect::Policy};
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;
use tokio::sync::Mutex;

use super::settings::{JwksSource, JwtAlgorithm};

/// How long keys are taken as they are: what an issuer takes back is not trusted for longer.
const FRESH: Duration = Duration::from_mins(15);

/// How long keys are taken while the issuer does not answer.
const USABLE: Duration = Duration::from_hours(24);

/// How often somebody may make us ask, with the name of a key that nobody knows.
const ASKED_EVERY: Duration = Duration::from_mins(1);

/// How long an issuer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than any set of keys takes.
const BYTES_MAX: usize = 1 << 20;

/// Why the keys of an issuer cannot be had.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JwksError {
    /// The file cannot be read.
    #[error("the keys cannot be read from their file")]
    File(#[source] io::Error),
    /// Nobody answers, or not as they should.
    #[error("the keys cannot be fetched")]
    Fetch(#[source] reqwest::Error),
    /// The address is none, or anybody on the way could put in other keys.
    #[error("keys are fetched from an https:// address, or from this machine")]
    Address,
    /// It is no set of keys, or one that is far too large.
    #[error("what was found is no set of keys")]
    NotKeys,
    /// No key of it can verify anything that is taken.
    #[error("the set holds no key with a `kid` for RS256, ES256 or EdDSA")]
    NoKey,
}

/// A key, and the one algorithm that it is for.
#[derive(Debug, Clone)]
pub(super) struct VerifyingKey {
    pub(super) algorithm: JwtAlgorithm,
    pub(super) decoding: DecodingKey,
}

/// The public keys of an issuer.
pub(super) struct Jwks {
    source: Source,
    clock: Arc<dyn Clock>,
    held: RwLock<Arc<Held>>,
    /// Whoever has it asks the issuer.
    turn: Mutex<()>,
}

enum Source {
    File(Arc<Path>),
    Url(Client, Url),
}

/// Keys by their names, as of a moment of the clock that never runs backwards.
#[derive(Debug, Default)]
struct Held {
    keys: HashMap<String, VerifyingKey>,
    fetched_at: Duration,
    asked_at: Duration,
}

impl Jwks {
    pub(super) async fn open(source: JwksSource, clock: Arc<dyn Clock>) -> Result<Self, JwksError> {
        let source = Source::of(source)?;
        let is_file = matches!(source, Source::File(_));
        let (held, turn) = (RwLock::default(), Mutex::default());
        let keys = Self { source, clock, held, turn };
        match keys.ask().await {
            Err(error) if is_file => return Err(error),
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "no keys yet"),
            Ok(()) => {}
        }
        Ok(keys)
    }

    /// The key of this name. When it is unknown, or all are old, the issuer is asked: by one caller at
    /// a time, and no more than once a minute.
    pub(super) async fn find(&self, kid: &str) -> Option<VerifyingKey> {
        let held = self.held();
        let known = held.keys.get(kid).filter(|_| held.age(self.now()) < USABLE);
        if known.is_some() && held.age(self.now()) < FRESH {
            return known.cloned();
        }
        let turn = match known {
            // Somebody else asks already, and this one is good enough.
            Some(known) => match self.turn.try_lock() {
                Ok(turn) => turn,
                Err(_) => return Some(known.clone()),
            },
            None => self.turn.lock().await,
        };
        if self.now().saturating_sub(self.held().asked_at) >= ASKED_EVERY
            && let Err(error) = self.ask().await
        {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "the keys of the issuer of tokens are those from before");
        }
        drop(turn);
        let held = self.held();
        held.keys.get(kid).filter(|_| held.age(self.now()) < USABLE).cloned()
    }

    async fn ask(&self) -> Result<(), JwksError> {
        let asked_at = self.now();
        let found = self.source.read().await.and_then(|document| keys(&document));
        let before = self.held();
        let held = match &found {
            Ok(keys) => Held { keys: keys.clone(), fetched_at: asked_at, asked_at },
            Err(_) => Held { keys: before.keys.clone(), fetched_at: before.fetched_at, asked_at },
        };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
        found.map(drop)
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> Duration {
        self.clock.monotonic()
    }
}

impl Held {
    fn age(&self, now: Duration) -> Duration {
        now.saturating_sub(self.fetched_at)
    }
}

impl Source {
    fn of(source: JwksSource) -> Result<Self, JwksError> {
        let url = match source {
            JwksSource::File(path) => return Ok(Self::File(path.into())),
            JwksSource::Url(url) => Url::parse(&url).map_err(|_| JwksError::Address)?,
        };
        if url.scheme() != "https" && !is_here(&url) {
            return Err(JwksError::Address);
        }
        // It may have been chosen already, by whoever embeds this: then that one is taken.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // An issuer that sends somewhere else is not the one that was named.
        let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).build();
        Ok(Self::Url(client.map_err(JwksError::Fetch)?, url))
    }

    async fn read(&self) -> Result<Vec<u8>, JwksError> {
        match self {
            Self::File(path) => {
                let path = Arc::clone(path);
                let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
                read.map_err(io::Error::other).flatten().map_err(JwksError::File)
            }
            Self::Url(client, url) => fetch(client, url.clone()).await,
        }
    }
}

async fn fetch(client: &Client, url: Url) -> Result<Vec<u8>, JwksError> {
    let response = client.get(url).send().await.and_then(reqwest::Response::error_for_status);
    let mut response = response.map_err(JwksError::Fetch)?;
    let mut document = vec![];
    while let Some(part) = response.chunk().await.map_err(JwksError::Fetch)? {
        document.extend_from_slice(&part);
        if document.len() > BYTES_MAX {
            return Err(JwksError::NotKeys);
        }
    }
    Ok(document)
}

fn is_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// Every key of a set that can be used here. One that is of another kind, for encrypting or without a
/// name is left out: others of its set may be fine.
fn keys(document: &[u8]) -> Result<HashMap<String, VerifyingKey>, JwksError> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<Value>,
    }
    let Set { keys } = serde_json::from_slice(document).map_err(|_| JwksError::NotKeys)?;
    let known: HashMap<_, _> = keys.into_iter().filter_map(verifying_key).collect();
    if known.is_empty() { Err(JwksError::NoKey) } else { Ok(known) }
}

fn verifying_key(key: Value) -> Option<(String, VerifyingKey)> {
    let key: Jwk = serde_json::from_value(key).ok()?;
    if !matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
        return None;
    }
    let algorithm = JwtAlgorithm::of_key(&key)?;
    let decoding = DecodingKey::from_jwk(&key).ok()?;
    Some((key.common.key_id?, VerifyingKey { algorithm, decoding }))
}

impl fmt::Debug for Jwks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwks").field("held", &self.held()).finish_non_exhaustive()
    }
}
