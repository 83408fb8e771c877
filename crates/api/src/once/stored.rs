//! An answer as it is stored and sent: the first time and every other time the same, byte for byte.

use app_service::domain::RequestId;
use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wire::Accepted;

use crate::problem::{Code, Problem, Rendered};

/// Says of an answer that it was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// An answer as it is stored.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// The status.
    pub(crate) status: u16,
    /// The body, to the letter.
    pub(crate) body: Box<RawValue>,
}

impl Stored {
    pub(super) fn success(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::value::to_raw_value(body).map_err(|error| unreadable(&error))?;
        Ok(Self { status: status.as_u16(), body })
    }

    pub(super) fn problem(problem: &Problem, trace: Option<&str>) -> Result<Self, Problem> {
        Self::success(problem.code().status(), &problem.body(trace))
    }

    pub(super) fn to_text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|error| unreadable(&error))
    }

    /// What was stored.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|error| unreadable(&error))
    }

    /// The first answer.
    pub(super) fn first(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or_default();
        let mut response = (status, self.body.get().to_owned()).into_response();
        let kind =
            if status.is_success() { "application/json" } else { "application/problem+json" };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response.extensions_mut().insert(Rendered);
        response
    }

    /// The same answer to whoever asks again.
    pub(super) fn again(self) -> Response {
        let mut response = self.first();
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        response
    }
}

/// The answer to whoever does not wait.
pub(super) fn accepted(id: RequestId) -> Response {
    let location = format!("/v1/operations/{id}");
    let body = Json(Accepted { operation: *id.as_uuid() });
    let location = HeaderValue::try_from(location).into_iter().map(|it| (header::LOCATION, it));
    let mut response = (StatusCode::ACCEPTED, body).into_response();
    response.headers_mut().extend(location);
    response
}

fn unreadable(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, "an answer is no JSON");
    Problem::new(Code::Internal, "the log says more")
}
