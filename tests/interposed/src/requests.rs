//! Requests that pass an interposer: whoever is killed is killed at these steps, too.

use std::sync::Arc;

use async_trait::async_trait;
use domain::RequestId;
use ports::{
    StoreError, Timestamp,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord, Requests},
};

use crate::{Call, store::Between};

/// Requests whose every call passes an interposer.
pub(crate) struct InterposedRequests {
    pub(crate) between: Arc<Between>,
    pub(crate) inner: Arc<dyn Requests>,
}

fn call(name: &'static str, arguments: String) -> Call {
    Call { name, arguments, transaction: None }
}

#[async_trait]
impl Requests for InterposedRequests {
    async fn claim(&self, claim: &RequestClaim) -> Result<Claimed, StoreError> {
        let call = call("claim_request", format!("{claim:?}"));
        self.between.pass(&call, self.inner.claim(claim)).await
    }

    async fn extend(&self, held: &HeldRequest, lease_until: Timestamp) -> Result<bool, StoreError> {
        let call = call("extend_request", format!("{held:?} {lease_until:?}"));
        self.between.pass(&call, self.inner.extend(held, lease_until)).await
    }

    async fn answer(
        &self,
        held: &HeldRequest,
        answer: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let call = call("answer_request", format!("{held:?} {answer:?} {at:?}"));
        self.between.pass(&call, self.inner.answer(held, answer, at)).await
    }

    async fn find(&self, ids: &[RequestId]) -> Result<Vec<RequestRecord>, StoreError> {
        let call = call("find_requests", format!("{ids:?}"));
        self.between.pass(&call, self.inner.find(ids)).await
    }

    async fn list_due(&self, at: Timestamp, limit: u32) -> Result<Vec<RequestRecord>, StoreError> {
        let call = call("list_due_requests", format!("{at:?} {limit}"));
        self.between.pass(&call, self.inner.list_due(at, limit)).await
    }

    async fn delete_old(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let call = call("delete_old_requests", format!("{before:?} {limit}"));
        self.between.pass(&call, self.inner.delete_old(before, limit)).await
    }
}
