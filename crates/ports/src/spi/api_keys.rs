//! Who may ask over HTTP, by the keys that were given out.

use async_trait::async_trait;
use domain::Hash256;
use uuid::Uuid;

use super::Recorded;
use crate::{Role, StoreError, Timestamp};

/// The keys by which programs say who they are.
///
/// Nothing in it can pay anybody, and nothing that pays reads it. Of a secret a store has its hash
/// only.
///
/// # Contract
///
/// - **KEY-1** A key whose id or prefix is known must be [`Recorded::Replayed`], and the known one
///   stays as it is.
/// - **KEY-2** A key must be found by its prefix, as it was committed; keys are listed in ascending id,
///   at most `limit` behind `after`; pages put together are the whole, each key once.
/// - **KEY-3** A key is revoked once: the first moment stays, and the answer is the key as it is then.
/// - **KEY-4** A new secret must take the place of the one that it names, which is kept beside it; a key
///   that is revoked, or has another secret by now, stays as it is and is absent from the answer.
/// - **KEY-5** The last use moves forward only, and only where it is older than `stale`.
/// - A key that is not there is absent from the answer, never an error.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait ApiKeys: Send + Sync + 'static {
    /// Records a key.
    async fn insert(&self, key: &ApiKeyRecord) -> Result<Recorded, StoreError>;

    /// The key of this prefix.
    async fn find(&self, prefix: &str) -> Result<Option<ApiKeyRecord>, StoreError>;

    /// A page of all keys.
    async fn list(&self, after: Option<Uuid>, limit: u32) -> Result<Vec<ApiKeyRecord>, StoreError>;

    /// Makes a key worthless from `at` on.
    async fn revoke(&self, prefix: &str, at: Timestamp)
    -> Result<Option<ApiKeyRecord>, StoreError>;

    /// Gives a key another secret.
    async fn rotate(&self, rotation: &KeyRotation) -> Result<Option<ApiKeyRecord>, StoreError>;

    /// Notes that a key was used at `at`, where its last known use is before `stale`; answers whether
    /// that was so.
    async fn touch(
        &self,
        prefix: &str,
        at: Timestamp,
        stale: Timestamp,
    ) -> Result<bool, StoreError>;
}

/// A key, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRecord {
    /// Names it for ever.
    pub id: Uuid,
    /// The part of it that may be shown; names it for people.
    pub prefix: String,
    /// What it is for.
    pub name: String,
    /// What its holder may do.
    pub role: Role,
    /// The hash of its secret.
    pub secret: Hash256,
    /// The hash of the secret that it had before, and until when that counts, too.
    pub previous: Option<(Hash256, Timestamp)>,
    /// Who gave it out.
    pub created_by: String,
    /// When it was given out.
    pub created_at: Timestamp,
    /// From when on it is worthless by itself.
    pub expires_at: Option<Timestamp>,
    /// From when on it is worthless because somebody said so.
    pub revoked_at: Option<Timestamp>,
    /// When it was used last, give or take a minute.
    pub last_used_at: Option<Timestamp>,
}

/// Another secret for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRotation {
    /// Whose.
    pub prefix: String,
    /// The hash of the secret that it has: whoever knows another one has lost a race.
    pub from: Hash256,
    /// The hash of the secret that it gets.
    pub to: Hash256,
    /// How long the one that it has counts beside the new one.
    pub until: Timestamp,
}
