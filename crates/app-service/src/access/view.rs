//! Keys as they are shown: never with what a store knows of their secrets.

use ports::{Timestamp, spi::ApiKeyRecord};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::ApiSecret;

/// A key, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKeyView {
    /// Names it for ever.
    pub id: Uuid,
    /// The part of it that may be shown; names it for people.
    pub prefix: String,
    /// What it is for.
    pub name: String,
    /// What its holder may do.
    pub role: &'static str,
    /// Whether it counts.
    pub state: ApiKeyState,
    /// Who gave it out.
    pub created_by: String,
    /// When it was given out.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: Timestamp,
    /// From when on it is worthless by itself.
    #[serde(with = "time::serde::rfc3339::option")]
    pub expires_at: Option<Timestamp>,
    /// From when on it is worthless because somebody said so.
    #[serde(with = "time::serde::rfc3339::option")]
    pub revoked_at: Option<Timestamp>,
    /// Until when the secret that it had before counts, too.
    #[serde(with = "time::serde::rfc3339::option")]
    pub previous_until: Option<Timestamp>,
    /// When it was used last, give or take a minute.
    #[serde(with = "time::serde::rfc3339::option")]
    pub last_used_at: Option<Timestamp>,
}

/// Whether a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyState {
    /// It does.
    Active,
    /// Its time is over.
    Expired,
    /// Somebody took it back.
    Revoked,
}

/// A key with its secret, for the one who is to have it. There is no second time.
#[derive(Debug, Clone, Serialize)]
pub struct IssuedApiKey {
    /// The key, as it is shown from now on.
    #[serde(flatten)]
    pub key: ApiKeyView,
    /// The whole key: what its holder sends.
    #[serde(serialize_with = "revealed")]
    pub secret: ApiSecret,
}

impl ApiKeyView {
    pub(super) fn of(record: &ApiKeyRecord, now: Timestamp) -> Self {
        let until = record.previous.map(|it| it.1).filter(|it| now < *it);
        Self {
            id: record.id,
            prefix: record.prefix.clone(),
            name: record.name.clone(),
            role: record.role.as_str(),
            state: ApiKeyState::of(record, now),
            created_by: record.created_by.clone(),
            created_at: record.created_at,
            expires_at: record.expires_at,
            revoked_at: record.revoked_at,
            previous_until: until,
            last_used_at: record.last_used_at,
        }
    }
}

impl ApiKeyState {
    fn of(record: &ApiKeyRecord, now: Timestamp) -> Self {
        match record {
            ApiKeyRecord { revoked_at: Some(_), .. } => Self::Revoked,
            ApiKeyRecord { expires_at: Some(at), .. } if *at <= now => Self::Expired,
            _ => Self::Active,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl IssuedApiKey {
    pub(super) fn of(record: &ApiKeyRecord, secret: ApiSecret, now: Timestamp) -> Self {
        Self { key: ApiKeyView::of(record, now), secret }
    }
}

fn revealed<S: Serializer>(secret: &ApiSecret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&secret.reveal())
}
