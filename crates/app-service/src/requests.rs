//! Requests that happen once, however often they are sent: claimed, carried through a use case, and
//! answered with what is stored.
//!
//! What a use case comes to is recorded in the transaction that brings it about, by
//! [`Guerdon::keyed`]. So whoever sends a request again after a crash, or takes it over, goes on from
//! there, and answers what the one before would have answered.

mod keeping;
mod paid;
pub(crate) mod recorded;
mod ticket;

use std::{convert::Infallible, time::Duration};

use domain::{Hash256, RequestId};
use ports::{
    StoreError, Timestamp,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use self::ticket::Ticket;
pub(crate) use self::{keeping::Keeping, paid::Paid, recorded::Told};
use crate::{Guerdon, GuerdonError, row_id::row_id};

/// A request that somebody wants to be theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// Names it, for whoever sends it again.
    pub id: RequestId,
    /// Names what is asked for: another request under the same id is refused.
    pub fingerprint: Hash256,
    /// All that it takes to go on unasked; `None` where only asking again goes on.
    pub document: Option<String>,
    /// How long it is the claimer's after its last sign of life.
    pub lease: Duration,
}

/// What became of claiming a request.
#[derive(Debug, Clone)]
pub enum ClaimedRequest {
    /// It is the claimer's, who [carries](Guerdon::keyed) it out and [answers](Guerdon::answer_request).
    Mine(Ticket),
    /// It has been answered, with this.
    Answered(String),
    /// Somebody else is at it, for so long at least.
    Running {
        /// Until then nobody else can claim it.
        lease: Duration,
        /// Whether it goes on unasked.
        unasked: bool,
    },
    /// Another request has this id.
    Differs,
}

/// A request as whoever watches it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestView {
    /// Names it.
    pub id: RequestId,
    /// All that it takes to go on unasked, if it does.
    pub document: Option<String>,
    /// What it has come to so far, as the use case has written it down.
    pub record: Option<Value>,
    /// What it was answered with.
    pub answer: Option<String>,
    /// How often it was begun or taken over.
    pub claims: u32,
    /// When it was claimed first.
    pub created_at: Timestamp,
}

impl Guerdon {
    /// The same façade, for one changing use case that is carried out for a request: what it comes to
    /// is recorded with its effect, or neither happens. Called for a request that has come to
    /// something already, the use case goes on from there, and what was finished it answers again.
    #[must_use]
    pub fn keyed(&self, ticket: &Ticket) -> Self {
        Self { request: Some(ticket.clone()), ..self.clone() }
    }

    /// Claims a request. Of any number of callers one gets it.
    #[tracing::instrument(skip_all, fields(request = %request.id))]
    pub async fn claim_request(
        &self,
        request: &NewRequest,
    ) -> Result<ClaimedRequest, GuerdonError> {
        let (at, requests) = (self.now(), self.store().requests());
        let NewRequest { id, fingerprint, ref document, lease } = *request;
        let held = HeldRequest { id, token: row_id(at), lease };
        let claim = RequestClaim { held, fingerprint, document: document.clone(), at };
        let claimed = self.settings.retries.patiently(|| requests.claim(&claim)).await?;
        Ok(match claimed {
            Claimed::Mine(record) => ClaimedRequest::Mine(Ticket::of(held, record)),
            // The answer to an earlier try never came.
            Claimed::Theirs(record) if record.token == held.token => {
                ClaimedRequest::Mine(Ticket::of(held, record))
            }
            Claimed::Theirs(record) => theirs(record, &claim),
        })
    }

    /// Stores the answer to a claimed request, and answers the one that is stored: whoever has lost
    /// the request gets that of whoever has answered it, or [`GuerdonError::RequestLost`].
    pub async fn answer_request(
        &self,
        ticket: &Ticket,
        answer: &str,
    ) -> Result<String, GuerdonError> {
        let (at, requests) = (self.now(), self.store().requests());
        let retries = self.settings.retries;
        if retries.patiently(|| requests.answer(ticket.held(), answer, at)).await? {
            return Ok(answer.to_owned());
        }
        let found = self.request(ticket.id()).await?;
        found.and_then(|it| it.answer).ok_or(GuerdonError::RequestLost(ticket.id()))
    }

    /// Lets go of a claimed request that is not answered: the next caller has it at once.
    pub async fn release_request(&self, ticket: &Ticket) -> Result<(), GuerdonError> {
        self.extend_to(ticket, self.now()).await
    }

    /// Does `work` for a claimed request, and shows signs of life meanwhile.
    pub async fn holding<T>(&self, ticket: &Ticket, work: impl Future<Output = T>) -> T {
        tokio::select! {
            done = work => done,
            never = self.keep_alive(ticket) => match never {},
        }
    }

    /// A request as stored.
    pub async fn request(&self, id: RequestId) -> Result<Option<RequestView>, GuerdonError> {
        let requests = self.store().requests();
        let found =
            self.settings.retries.patiently(|| async { requests.find(&[id]).await }).await?;
        Ok(found.into_iter().next().map(RequestView::of))
    }

    /// Requests that go on unasked and that nobody is at, the longest waiting first: to be claimed by
    /// whoever comes.
    pub async fn due_requests(
        &self,
        lease: Duration,
        limit: u32,
    ) -> Result<Vec<NewRequest>, GuerdonError> {
        let due = self.store().requests().list_due(self.now(), limit).await?;
        let request = |it: RequestRecord| NewRequest {
            id: it.id,
            fingerprint: it.fingerprint,
            document: it.document,
            lease,
        };
        Ok(due.into_iter().map(request).collect())
    }

    /// Forgets requests whose answer is older than `age`, some at a time: from then on the same key
    /// means another request. What pays has identities of its own, which are never forgotten.
    pub async fn forget_requests(&self, age: Duration) -> Result<u64, GuerdonError> {
        let (before, requests) = (self.now() - age, self.store().requests());
        let mut forgotten = 0;
        loop {
            let some = requests.delete_old(before, Self::FORGOTTEN_AT_ONCE).await?;
            forgotten += some;
            if some < Self::FORGOTTEN_AT_ONCE.into() {
                return Ok(forgotten);
            }
        }
    }

    const FORGOTTEN_AT_ONCE: u32 = 1_000;

    /// What the request that this façade carries had come to when it was claimed.
    pub(crate) fn kept<T: DeserializeOwned>(&self) -> Result<Option<T>, GuerdonError> {
        let record = self.request.as_ref().and_then(Ticket::record);
        Ok(record.map(keeping::read).transpose()?)
    }

    /// Keeps what one unit of work comes to.
    pub(crate) fn keeping(&self) -> Keeping {
        Keeping::of(self.request.clone())
    }

    async fn keep_alive(&self, ticket: &Ticket) -> Infallible {
        loop {
            tokio::time::sleep(ticket.held().lease / 3).await;
            let until = ticket.held().lease_from(self.now());
            if let Err(error) = self.extend_to(ticket, until).await {
                tracing::warn!(%error, request = %ticket.id(), "no sign of life");
            }
        }
    }

    async fn extend_to(&self, ticket: &Ticket, until: Timestamp) -> Result<(), GuerdonError> {
        // Whoever has lost the request has nothing to extend, and finds out when it matters.
        self.store().requests().extend(ticket.held(), until).await.map(drop).map_err(Into::into)
    }
}

fn theirs(record: RequestRecord, claim: &RequestClaim) -> ClaimedRequest {
    if record.fingerprint != claim.fingerprint {
        return ClaimedRequest::Differs;
    }
    if let Some(answer) = record.answer {
        return ClaimedRequest::Answered(answer);
    }
    let lease = Duration::try_from(record.lease_until - claim.at).unwrap_or_default();
    ClaimedRequest::Running { lease, unasked: record.document.is_some() }
}

impl RequestView {
    fn of(record: RequestRecord) -> Self {
        let RequestRecord { id, document, record, answer, claims, created_at, .. } = record;
        let record = record.and_then(|it| serde_json::from_str(&it).ok());
        Self { id, document, record, answer, claims, created_at }
    }
}

/// A request that cannot be kept.
fn unreadable(error: serde_json::Error) -> StoreError {
    let rule = "what a request has come to can be read".to_owned();
    StoreError::Corrupt { table: "requests", rule, source: Some(error.into()) }
}
