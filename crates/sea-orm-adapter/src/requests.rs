//! Requests that happen once: a table beside those that pay, written to in their transactions.

use async_trait::async_trait;
use domain::RequestId;
use ports::{
    StoreError, Timestamp,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord, Requests},
};

use crate::{SeaOrmStore, statements::requests};

/// The requests of a database. Every change is one statement, whole or not at all.
#[derive(Debug)]
pub(crate) struct SeaOrmRequests(SeaOrmStore);

impl SeaOrmRequests {
    pub(crate) fn of(store: SeaOrmStore) -> Self {
        Self(store)
    }
}

#[async_trait]
impl Requests for SeaOrmRequests {
    async fn claim(&self, claim: &RequestClaim) -> Result<Claimed, StoreError> {
        requests::claim(&self.0.reading(), claim).await
    }

    async fn extend(&self, held: &HeldRequest, lease_until: Timestamp) -> Result<bool, StoreError> {
        requests::extend(&self.0.reading(), held, lease_until).await
    }

    async fn answer(
        &self,
        held: &HeldRequest,
        answer: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        requests::answer(&self.0.reading(), held, answer, at).await
    }

    async fn find(&self, ids: &[RequestId]) -> Result<Vec<RequestRecord>, StoreError> {
        requests::find(&self.0.reading(), ids).await
    }

    async fn list_due(&self, at: Timestamp, limit: u32) -> Result<Vec<RequestRecord>, StoreError> {
        requests::list_due(&self.0.reading(), at, limit).await
    }

    async fn delete_old(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        requests::delete_old(&self.0.reading(), before, limit).await
    }
}
