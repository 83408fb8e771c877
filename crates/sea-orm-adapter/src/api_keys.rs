//! The keys by which programs say who they are: a table beside those that pay.

use async_trait::async_trait;
use ports::{
    StoreError, Timestamp,
    spi::{ApiKeyRecord, ApiKeys, KeyRotation, Recorded},
};
use uuid::Uuid;

use crate::{SeaOrmStore, statements::api_keys};

/// The keys of a database. Every call is one statement, whole or not at all.
#[derive(Debug)]
pub(crate) struct SeaOrmApiKeys(SeaOrmStore);

impl SeaOrmApiKeys {
    pub(crate) fn of(store: SeaOrmStore) -> Self {
        Self(store)
    }
}

#[async_trait]
impl ApiKeys for SeaOrmApiKeys {
    async fn insert(&self, key: &ApiKeyRecord) -> Result<Recorded, StoreError> {
        api_keys::insert(&self.0.reading(), key).await
    }

    async fn find(&self, prefix: &str) -> Result<Option<ApiKeyRecord>, StoreError> {
        api_keys::find(&self.0.reading(), prefix).await
    }

    async fn list(&self, after: Option<Uuid>, limit: u32) -> Result<Vec<ApiKeyRecord>, StoreError> {
        api_keys::list(&self.0.reading(), after, limit).await
    }

    async fn revoke(
        &self,
        prefix: &str,
        at: Timestamp,
    ) -> Result<Option<ApiKeyRecord>, StoreError> {
        api_keys::revoke(&self.0.reading(), prefix, at).await
    }

    async fn rotate(&self, rotation: &KeyRotation) -> Result<Option<ApiKeyRecord>, StoreError> {
        api_keys::rotate(&self.0.reading(), rotation).await
    }

    async fn touch(
        &self,
        prefix: &str,
        at: Timestamp,
        stale: Timestamp,
    ) -> Result<bool, StoreError> {
        api_keys::touch(&self.0.reading(), prefix, at, stale).await
    }
}
