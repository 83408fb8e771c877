//! Keys by which programs say who they are.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// A key to be given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateApiKeyRequest {
    /// What it is for.
    #[schema(min_length = 1, max_length = 500)]
    pub name: String,
    /// What its holder may do.
    pub role: Role,
    /// From when on it is worthless by itself, if ever.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub expires_at: Option<OffsetDateTime>,
}

/// How long the secret that a key has counts beside the new one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateApiKeyRequest {
    /// In seconds, 30 days at most; a day when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 2_592_000)]
    pub grace_seconds: Option<u32>,
}

/// A key, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiKey {
    /// Names it for ever.
    pub id: Uuid,
    /// The part of it that may be shown; names it in paths.
    pub prefix: String,
    /// What it is for.
    pub name: String,
    /// What its holder may do.
    pub role: Role,
    /// Whether it counts.
    pub state: ApiKeyState,
    /// Who gave it out.
    pub created_by: String,
    /// When it was given out.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// From when on it is worthless by itself.
    #[serde(with = "time::serde::rfc3339::option")]
    pub expires_at: Option<OffsetDateTime>,
    /// From when on it is worthless because somebody said so.
    #[serde(with = "time::serde::rfc3339::option")]
    pub revoked_at: Option<OffsetDateTime>,
    /// Until when the secret that it had before counts, too.
    #[serde(with = "time::serde::rfc3339::option")]
    pub previous_until: Option<OffsetDateTime>,
    /// When it was used last, give or take a minute.
    #[serde(with = "time::serde::rfc3339::option")]
    pub last_used_at: Option<OffsetDateTime>,
}

/// A key with its secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssuedApiKey {
    /// The key, as it is shown from now on.
    #[serde(flatten)]
    pub key: ApiKey,
    /// The whole key: what its holder sends as `Authorization: Bearer`. It is shown once; a request that is
    /// repeated is answered without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// What somebody may do. Each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Look at everything but keys and webhooks.
    Viewer,
    /// Announce, submit, finalize, distribute, charge, assess.
    Operator,
    /// Correct, disqualify, cancel, archive.
    Approver,
    /// Look after keys and webhooks, run verifications.
    Admin,
}

/// Whether a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyState {
    /// It does.
    Active,
    /// Its time is over.
    Expired,
    /// Somebody took it back.
    Revoked,
}

/// Without the secret: what is printed may end in a log.
impl std::fmt::Debug for IssuedApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedApiKey").field("key", &self.key).finish_non_exhaustive()
    }
}
