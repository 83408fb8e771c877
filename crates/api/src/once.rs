//! Changes that happen once for each `Idempotency-Key`.
//!
//! A request is claimed, carried out with what it comes to recorded beside its effect, and answered
//! with what is stored. Whoever sends it again is told the same, and nothing happens twice: not after
//! a crash, not at the same time, and not when somebody else takes it over.

mod carried;
mod document;
mod fingerprint;
mod key;
mod secret;
mod stored;

use std::time::Duration;

use app_service::{Actor, ClaimedRequest, Guerdon, NewRequest, Ticket, domain::RequestId};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, Uri, header},
    response::Response,
};
use serde::{Serialize, de::DeserializeOwned};

use self::{carried::Carried, stored::accepted};
pub(crate) use self::{document::Document, stored::Stored};
use crate::{
    principal::Principal,
    problem::{self, Code, Problem, body},
};

/// How long a request is a process's after its last sign of life: what a crash may hold it up by.
pub(crate) const LEASE: Duration = Duration::from_secs(30);

/// A change that happens once for each `Idempotency-Key`. It refuses a missing or bad key, and a body
/// that is too large.
pub(crate) struct Once {
    principal: Principal,
    asked: Document,
    body: Bytes,
    /// Whoever asks does not wait, and looks at the operation instead.
    unasked: bool,
    /// What this request is called in the log.
    trace: Option<String>,
    /// The request is taken over from somebody else.
    taken_over: Option<Ticket>,
}

impl<S: Send + Sync> FromRequest<S> for Once {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, content) = request.into_parts();
        let principal = Principal::from_request_parts(&mut parts, state).await?;
        let key = key::read(&parts.headers)?;
        let header = |name: &str| parts.headers.get(name).and_then(|it| it.to_str().ok());
        let (method, path) = (parts.method.to_string(), asked_for(&parts.uri));
        let seen = header(header::IF_MATCH.as_str()).map(str::to_owned);
        let unasked = header("prefer").is_some_and(key::is_unasked);
        let trace = header(problem::REQUEST_ID).map(str::to_owned);
        let taken_over = parts.extensions.remove::<Ticket>();
        let body = body::bytes(Request::from_parts(parts, content), state).await?;
        let text = String::from_utf8_lossy(&body).into_owned();
        let asked = Document::new(&principal, method, path, key, seen, text);
        Ok(Self { principal, asked, body, unasked, trace, taken_over })
    }
}

impl Once {
    /// The body as JSON, whatever its media type says.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        body::read(&self.body)
    }

    /// The same, where no body, or `null`, asks for the defaults.
    pub(crate) fn body_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, Problem> {
        if self.body.trim_ascii().is_empty() {
            return Ok(T::default());
        }
        Ok(self.body::<Option<T>>()?.unwrap_or_default())
    }

    /// Runs `change`, once for the key, and answers what is stored of it. `change` gets the façade
    /// that carries the request, and the actor; it runs one use case that changes something, and goes
    /// on to its end whether anybody waits for it or not.
    pub(crate) async fn answer<T, F>(
        self,
        guerdon: &Guerdon,
        status: StatusCode,
        change: impl FnOnce(Guerdon, Actor) -> F + Send + 'static,
    ) -> Result<Response, Problem>
    where
        T: Serialize,
        F: Future<Output = Result<T, Problem>> + Send + 'static,
    {
        let request = self.request();
        let id = request.id;
        let ticket = match self.claim(guerdon, &request).await? {
            ClaimedRequest::Mine(ticket) => ticket,
            ClaimedRequest::Answered(answer) => return Ok(Stored::read(&answer)?.again()),
            ClaimedRequest::Running { unasked: true, .. } if self.unasked => {
                return Ok(accepted(id));
            }
            ClaimedRequest::Running { .. } => return Err(running(id)),
            ClaimedRequest::Differs => return Err(reused()),
        };
        let actor = self.principal.actor();
        let carried = Carried { guerdon: guerdon.clone(), ticket, status, trace: self.trace };
        let answered = carried.out(move |guerdon| change(guerdon, actor));
        if self.unasked {
            return Ok(accepted(id));
        }
        answered.await
    }

    async fn claim(
        &self,
        guerdon: &Guerdon,
        request: &NewRequest,
    ) -> Result<ClaimedRequest, Problem> {
        match &self.taken_over {
            Some(ticket) => Ok(ClaimedRequest::Mine(ticket.clone())),
            None => Ok(guerdon.claim_request(request).await?),
        }
    }

    fn request(&self) -> NewRequest {
        NewRequest {
            id: self.asked.id(),
            fingerprint: self.asked.fingerprint(),
            document: self.unasked.then(|| self.asked.to_text()),
            lease: LEASE,
        }
    }
}

/// The path and the query.
fn asked_for(uri: &Uri) -> String {
    uri.path_and_query().map_or(uri.path(), |it| it.as_str()).to_owned()
}

fn running(id: RequestId) -> Problem {
    let detail = format!("it is being carried out: ask again, or look at /v1/operations/{id}");
    Problem::new(Code::RequestRunning, detail)
}

fn reused() -> Problem {
    let detail = "this key was used for another request: make a new one for each";
    Problem::new(Code::IdempotencyKeyReused, detail)
}
