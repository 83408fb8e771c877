//! Keys by which programs say who they are: given out, used, replaced and taken back.

mod secret;
mod view;

use std::{sync::Arc, time::Duration};

use ports::{
    Actor, Role, StoreError, Timestamp,
    spi::{ApiKeyRecord, ApiKeys, KeyRotation, Recorded},
};
use uuid::Uuid;

pub use self::{
    secret::ApiSecret,
    view::{ApiKeyState, ApiKeyView, IssuedApiKey},
};
use crate::{Guerdon, GuerdonError, row_id::row_id, text};

/// How old the last known use of a key may be before the next one is written down.
const USE_NOTED_EVERY: Duration = Duration::from_mins(1);

/// How often a prefix is drawn before something must be wrong with the drawing.
const DRAWS_MAX: u32 = 3;

/// A key to be given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey {
    /// What it is for.
    pub name: String,
    /// What its holder may do.
    pub role: Role,
    /// From when on it is worthless by itself.
    pub expires_at: Option<Timestamp>,
}

/// Whom a secret belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// Names the key for ever, also when its secret is replaced.
    pub id: Uuid,
    /// What the holder may do.
    pub role: Role,
}

impl Guerdon {
    /// Gives out a key. Its secret is in the answer and nowhere else: the store has its hash.
    pub async fn create_api_key(
        &self,
        new: NewApiKey,
        actor: &Actor,
    ) -> Result<IssuedApiKey, GuerdonError> {
        text::check("name of the key", &new.name)?;
        text::check_actor(actor)?;
        let now = self.now();
        for _ in 0..DRAWS_MAX {
            let secret = ApiSecret::draw()?;
            let record = record(&new, &secret, actor, now);
            if self.api_key_store().insert(&record).await? == Recorded::New {
                return Ok(IssuedApiKey::of(&record, secret, now));
            }
        }
        Err(StoreError::Invalid { rule: "a key that was drawn at random is new" }.into())
    }

    /// A page of all keys, revoked and expired ones included, in the order in which they were made.
    pub async fn api_keys(
        &self,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<ApiKeyView>, GuerdonError> {
        let now = self.now();
        let records = self.api_key_store().list(after, limit).await?;
        Ok(records.iter().map(|it| ApiKeyView::of(it, now)).collect())
    }

    /// Takes a key back, at once and for good. Again, it changes nothing.
    pub async fn revoke_api_key(&self, prefix: &str) -> Result<ApiKeyView, GuerdonError> {
        let now = self.now();
        let revoked = self.api_key_store().revoke(prefix, now).await?;
        revoked.map(|it| ApiKeyView::of(&it, now)).ok_or_else(|| no_key(prefix))
    }

    /// Gives a key another secret. The one that it has counts for `grace` beside it; whatever it had
    /// before that is worthless at once.
    pub async fn rotate_api_key(
        &self,
        prefix: &str,
        grace: Duration,
    ) -> Result<IssuedApiKey, GuerdonError> {
        let (now, keys) = (self.now(), self.api_key_store());
        let known = keys.find(prefix).await?.ok_or_else(|| no_key(prefix))?;
        let secret = ApiSecret::draw()?.of_prefix(prefix);
        let until = time::Duration::try_from(grace).ok().and_then(|it| now.checked_add(it));
        let until = until.ok_or(GuerdonError::GraceTooLong)?;
        let (prefix, from, to) = (prefix.to_owned(), known.secret, secret.hash());
        let rotated = keys.rotate(&KeyRotation { prefix, from, to, until }).await?;
        let rotated = rotated.ok_or(GuerdonError::ApiKeyChanged { prefix: known.prefix })?;
        Ok(IssuedApiKey::of(&rotated, secret, now))
    }

    /// Whose secret it is; `None` of one that counts for nothing, for whatever reason. That it was used
    /// is noted once a minute, and a note that cannot be taken keeps nobody out.
    pub async fn holder_of(&self, secret: &ApiSecret) -> Result<Option<KeyHolder>, GuerdonError> {
        let (now, keys) = (self.now(), self.api_key_store());
        let Some(key) = keys.find(secret.prefix()).await? else { return Ok(None) };
        if !counts(&key, secret, now) {
            return Ok(None);
        }
        let stale = now - USE_NOTED_EVERY;
        if key.last_used_at.is_none_or(|it| it < stale)
            && let Err(error) = keys.touch(&key.prefix, now, stale).await
        {
            tracing::warn!(%error, "the use of an API key cannot be noted");
        }
        Ok(Some(KeyHolder { id: key.id, role: key.role }))
    }

    fn api_key_store(&self) -> Arc<dyn ApiKeys> {
        self.store().api_keys()
    }
}

/// Whether `secret` is that of `key`, and still counts. Both hashes are compared, whatever comes of
/// the first one.
fn counts(key: &ApiKeyRecord, secret: &ApiSecret, now: Timestamp) -> bool {
    let is_current = secret.has_hash(key.secret);
    let is_previous =
        key.previous.is_some_and(|(hash, until)| secret.has_hash(hash) && now < until);
    let is_alive =
        key.revoked_at.is_none() && key.expires_at.is_none_or(|expires_at| now < expires_at);
    is_alive && (is_current || is_previous)
}

fn record(new: &NewApiKey, secret: &ApiSecret, actor: &Actor, now: Timestamp) -> ApiKeyRecord {
    ApiKeyRecord {
        id: row_id(now),
        prefix: secret.prefix().to_owned(),
        name: new.name.clone(),
        role: new.role,
        secret: secret.hash(),
        previous: None,
        created_by: actor.as_str().to_owned(),
        created_at: now,
        expires_at: new.expires_at,
        revoked_at: None,
        last_used_at: None,
    }
}

fn no_key(prefix: &str) -> GuerdonError {
    // What somebody took for a prefix may be a whole secret.
    let prefix = prefix.chars().take(secret::PREFIX_LENGTH).collect();
    GuerdonError::NoApiKey { prefix }
}
