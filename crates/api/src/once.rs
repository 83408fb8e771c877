//! Changes that happen once for each `Idempotency-Key`.

mod key;

use app_service::{Actor, Guerdon};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    principal::Principal,
    problem::{Problem, body},
};

/// A change that happens once for each `Idempotency-Key`. It refuses a missing or bad key, and a body
/// that is too large.
pub(crate) struct Once {
    principal: Principal,
    key: String,
    body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Once {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, content) = request.into_parts();
        let principal = Principal::from_request_parts(&mut parts, state).await?;
        let key = key::read(&parts.headers)?;
        let body = body::bytes(Request::from_parts(parts, content), state).await?;
        Ok(Self { principal, key, body })
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

    /// Runs `change`. It gets the façade that carries the request, and the actor.
    pub(crate) async fn answer<T, F>(
        self,
        guerdon: &Guerdon,
        status: StatusCode,
        change: impl FnOnce(Guerdon, Actor) -> F,
    ) -> Result<Response, Problem>
    where
        T: Serialize,
        F: Future<Output = Result<T, Problem>> + Send,
    {
        tracing::debug!(key = self.key, principal = self.principal.id, "a change is asked for");
        let answer = change(guerdon.clone(), self.principal.actor()).await?;
        Ok((status, Json(answer)).into_response())
    }
}
