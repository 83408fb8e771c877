//! Requests that happen once: rows like all others, behind a port of their own.

use async_trait::async_trait;
use domain::RequestId;
use ports::{
    StoreError, Timestamp,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord, Requests, Transaction},
};

use crate::{
    shared::Shared,
    statement::{Statement, request_row},
    transaction::MemoryTransaction,
};

/// The requests of a store in memory. Every call is one statement in a transaction of its own.
#[derive(Debug)]
pub(crate) struct MemoryRequests(pub(crate) Shared);

impl MemoryRequests {
    async fn alone<T>(
        &self,
        id: RequestId,
        work: impl FnOnce(&mut Statement<'_>) -> T + Send,
    ) -> Result<T, StoreError> {
        let tx = Box::new(MemoryTransaction::begin(&self.0));
        let done = tx.run_sure(|_| request_row(id), work).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// What is committed, by `wanted`, in ascending id.
    fn committed(&self, wanted: impl Fn(&RequestRecord) -> bool) -> Vec<RequestRecord> {
        let core = self.0.enter();
        let rows = core.committed.requests.iter().map(|it| it.1);
        rows.filter(|it| wanted(it)).cloned().collect()
    }
}

#[async_trait]
impl Requests for MemoryRequests {
    async fn claim(&self, claim: &RequestClaim) -> Result<Claimed, StoreError> {
        self.alone(claim.held.id, |it| it.claim_request(claim)).await
    }

    async fn extend(&self, held: &HeldRequest, lease_until: Timestamp) -> Result<bool, StoreError> {
        self.alone(held.id, |it| it.extend_request(held, lease_until)).await
    }

    async fn answer(
        &self,
        held: &HeldRequest,
        answer: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.alone(held.id, |it| it.answer_request(held, answer, at)).await
    }

    async fn find(&self, ids: &[RequestId]) -> Result<Vec<RequestRecord>, StoreError> {
        Ok(self.committed(|it| ids.contains(&it.id)))
    }

    async fn list_due(&self, at: Timestamp, limit: u32) -> Result<Vec<RequestRecord>, StoreError> {
        let mut due = self
            .committed(|it| it.answer.is_none() && it.document.is_some() && it.lease_until <= at);
        due.sort_by_key(|it| (it.lease_until, it.id));
        due.truncate(limit as usize);
        Ok(due)
    }

    async fn delete_old(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let old = self.committed(|it| {
            it.lease_until < before && (it.answer.is_some() || it.document.is_none())
        });
        let mut core = self.0.enter();
        let removed = old.iter().take(limit as usize);
        Ok(removed.filter_map(|it| core.committed.requests.remove(it.id)).count() as u64)
    }
}
