//! Requests that happen once: who has claimed which, what each has come to, and how it was answered.

use std::time::Duration;

use async_trait::async_trait;
use domain::{Hash256, RequestId};
use uuid::Uuid;

use crate::{StoreError, Timestamp};

/// Where requests are kept that happen once, however often they are sent.
///
/// A request is somebody's while it is claimed: until the lease ends, or whoever has it is done. What
/// it has come to is written [in the transaction](super::Transaction::update_request) that brings it
/// about; what it is answered with is written here, before anybody is answered. Records, answers and
/// documents are texts, made and understood by the application; a store keeps them as they are.
///
/// # Contract
///
/// - **REQUEST-1** Of those who claim a request at once, exactly one must get it, and while the lease
///   lasts nobody else must; they are told what there is.
/// - **REQUEST-2** A claim with another fingerprint must change nothing, whatever the lease.
/// - **REQUEST-3** A request whose lease has ended must be the next claimer's, with all that was
///   recorded of it. Whoever had it before must then be refused: by extending, by answering, and in
///   a transaction.
/// - **REQUEST-5** An answer must be kept as it was given first. An answered request must not be
///   claimed, extended or recorded to again.
/// - **REQUEST-6** Those to be taken over are the open ones with a document whose lease has ended by
///   then: the longest waiting first, at most `limit`.
/// - **REQUEST-7** Cleaning up must remove at most `limit` requests, and none but those whose lease
///   ended before the moment given and that nobody takes over: answered, or without a document.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait Requests: Send + Sync + 'static {
    /// Claims a request.
    async fn claim(&self, claim: &RequestClaim) -> Result<Claimed, StoreError>;

    /// Moves the end of a lease; `false` for whoever has the request no more.
    async fn extend(&self, held: &HeldRequest, lease_until: Timestamp) -> Result<bool, StoreError>;

    /// Stores the answer, and ends the lease at `at`; `false` for whoever has the request no more.
    async fn answer(
        &self,
        held: &HeldRequest,
        answer: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Requests by id, in ascending id.
    async fn find(&self, ids: &[RequestId]) -> Result<Vec<RequestRecord>, StoreError>;

    /// Requests to be taken over by whoever comes.
    async fn list_due(&self, at: Timestamp, limit: u32) -> Result<Vec<RequestRecord>, StoreError>;

    /// Removes old requests; answers how many.
    async fn delete_old(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}

/// Somebody who wants a request to be theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestClaim {
    /// Which request, by whom, and for how long at a time.
    pub held: HeldRequest,
    /// Names what is asked for: one id is one request, and no other under the same id.
    pub fingerprint: Hash256,
    /// All that it takes to go on unasked, for whoever takes the request over; `None` where only
    /// asking again goes on.
    pub document: Option<String>,
    /// Now.
    pub at: Timestamp,
}

/// Proof of a claim, for as long as nobody else has claimed the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldRequest {
    /// Which request: made of its scope and its key.
    pub id: RequestId,
    /// Names the claim; new for each.
    pub token: Uuid,
    /// How long the claim lasts from the last sign of life.
    pub lease: Duration,
}

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// The claimer has it, with what was recorded of it before.
    Mine(RequestRecord),
    /// It is answered, another request, or somebody else's for now.
    Theirs(RequestRecord),
}

/// A request as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// Which request.
    pub id: RequestId,
    /// Names what was asked for.
    pub fingerprint: Hash256,
    /// Names the last claim.
    pub token: Uuid,
    /// Until when that lasts, or when it ended.
    pub lease_until: Timestamp,
    /// How often it has been claimed.
    pub claims: u32,
    /// All that it takes to go on unasked, where that is possible.
    pub document: Option<String>,
    /// What it has come to so far, where it has come to anything.
    pub record: Option<String>,
    /// What it was answered with.
    pub answer: Option<String>,
    /// When it was claimed first.
    pub created_at: Timestamp,
}

/// What a transaction adds to what a request has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestWrite {
    /// Whoever writes must have the request.
    pub held: HeldRequest,
    /// What it has come to so far, in the place of what was recorded before.
    pub record: String,
    /// A sign of life: until when the claim lasts now.
    pub lease_until: Timestamp,
}

impl HeldRequest {
    /// Until when the claim lasts after a sign of life at `at`.
    #[must_use]
    pub fn lease_from(&self, at: Timestamp) -> Timestamp {
        at + self.lease
    }
}

impl RequestRecord {
    /// The request as a first claim makes it.
    #[must_use]
    pub fn of(claim: &RequestClaim) -> Self {
        let HeldRequest { id, token, .. } = claim.held;
        Self {
            id,
            fingerprint: claim.fingerprint,
            token,
            lease_until: claim.held.lease_from(claim.at),
            claims: 1,
            document: claim.document.clone(),
            record: None,
            answer: None,
            created_at: claim.at,
        }
    }
}
