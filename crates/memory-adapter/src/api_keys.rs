//! The keys by which programs say who they are, beside the rows: nothing that pays looks at them.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use ports::{
    StoreError, Timestamp,
    spi::{ApiKeyRecord, ApiKeys, KeyRotation, Recorded},
};
use uuid::Uuid;

/// Keys in memory. Clones are the same keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemoryApiKeys(Arc<Mutex<BTreeMap<Uuid, ApiKeyRecord>>>);

impl MemoryApiKeys {
    fn open(&self) -> MutexGuard<'_, BTreeMap<Uuid, ApiKeyRecord>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `change` makes of the key of this prefix, if there is one.
    fn change<T>(&self, prefix: &str, change: impl FnOnce(&mut ApiKeyRecord) -> T) -> Option<T> {
        self.open().values_mut().find(|it| it.prefix == prefix).map(change)
    }
}

#[async_trait]
impl ApiKeys for MemoryApiKeys {
    async fn insert(&self, key: &ApiKeyRecord) -> Result<Recorded, StoreError> {
        let mut keys = self.open();
        if keys.values().any(|it| it.id == key.id || it.prefix == key.prefix) {
            return Ok(Recorded::Replayed);
        }
        keys.insert(key.id, key.clone());
        Ok(Recorded::New)
    }

    async fn find(&self, prefix: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        Ok(self.change(prefix, |it| it.clone()))
    }

    async fn list(&self, after: Option<Uuid>, limit: u32) -> Result<Vec<ApiKeyRecord>, StoreError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let keys = self.open();
        let behind = keys.range((from, Bound::Unbounded)).map(|it| it.1);
        Ok(behind.take(limit as usize).cloned().collect())
    }

    async fn revoke(
        &self,
        prefix: &str,
        at: Timestamp,
    ) -> Result<Option<ApiKeyRecord>, StoreError> {
        Ok(self.change(prefix, |it| {
            it.revoked_at.get_or_insert(at);
            it.clone()
        }))
    }

    async fn rotate(&self, rotation: &KeyRotation) -> Result<Option<ApiKeyRecord>, StoreError> {
        let KeyRotation { prefix, from, to, until } = rotation;
        let rotated = self.change(prefix, |it| {
            let may = it.revoked_at.is_none() && it.secret == *from;
            may.then(|| {
                (it.secret, it.previous) = (*to, Some((*from, *until)));
                it.clone()
            })
        });
        Ok(rotated.flatten())
    }

    async fn touch(
        &self,
        prefix: &str,
        at: Timestamp,
        stale: Timestamp,
    ) -> Result<bool, StoreError> {
        let touched = self.change(prefix, |it| {
            let is_stale = it.last_used_at.is_none_or(|last| last < stale && last < at);
            if is_stale {
                it.last_used_at = Some(at);
            }
            is_stale
        });
        Ok(touched.unwrap_or(false))
    }
}
