//! Whatever is not a success, as RFC 9457 has it.

pub(crate) mod body;
#[cfg(test)]
mod catalogue;
mod code;
mod from_error;

use app_service::{ChargeView, TournamentSummary};
use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

pub(crate) use self::code::Code;

/// The header by which callers and logs name a request.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// Seconds after which a request that may succeed is worth another try.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// An answer that is not a success. It is put into words by [`render`], which knows the request.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    code: Code,
    detail: String,
    errors: Vec<FieldError>,
    existing: Option<Existing>,
}

/// Says of an answer that is not a success that it has its words already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rendered;

/// What is in the way by existing.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum Existing {
    Tournament(Box<TournamentSummary>),
    Charge(Box<ChargeView>),
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FieldError {
    /// Where in the body, as a JSON pointer.
    pub(crate) pointer: String,
    /// What is wrong.
    pub(crate) detail: String,
}

/// A problem in words.
#[derive(Serialize)]
pub(crate) struct Body<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: &'a str,
    code: &'static str,
    retryable: bool,
    trace_id: Option<&'a str>,
    errors: &'a [FieldError],
    #[serde(skip_serializing_if = "Option::is_none")]
    existing: Option<&'a Existing>,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: vec![], existing: None }
    }

    pub(crate) fn with_errors(self, errors: Vec<FieldError>) -> Self {
        Self { errors, ..self }
    }

    fn with_existing(self, existing: Existing) -> Self {
        Self { existing: Some(existing), ..self }
    }

    /// What sort of problem it is.
    pub(crate) fn code(&self) -> Code {
        self.code
    }

    /// What is wrong this time.
    #[cfg(test)]
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// All that is wrong with the request.
    #[cfg(test)]
    pub(crate) fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// It in words.
    pub(crate) fn body<'a>(&'a self, trace_id: Option<&'a str>) -> Body<'a> {
        let code = self.code;
        Body {
            r#type: format!("urn:guerdon:problem:{}", code.as_str()),
            title: code.title(),
            status: code.status().as_u16(),
            detail: &self.detail,
            code: code.as_str(),
            retryable: code.is_retryable(),
            trace_id,
            errors: &self.errors,
            existing: self.existing.as_ref(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts every answer that is not a success into words: our own problems, and what the layers and
/// the router refuse without one.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let id = request.headers().get(REQUEST_ID).cloned();
    let mut response = next.run(request).await;
    let status = response.status();
    let is_rendered = response.extensions().get::<Rendered>().is_some();
    if is_rendered || (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let problem = response
        .extensions_mut()
        .remove::<Problem>()
        .unwrap_or_else(|| Problem::new(Code::of_status(status), Code::of_status(status).title()));
    let trace_id = id.as_ref().and_then(|it| it.to_str().ok());
    let mut rendered = (problem.code.status(), Json(problem.body(trace_id))).into_response();
    let headers = rendered.headers_mut();
    // What was refused may carry headers that matter, such as `allow` and `www-authenticate`.
    let mut carried = std::mem::take(response.headers_mut());
    for of_the_body in [header::CONTENT_LENGTH, header::CONTENT_TYPE] {
        carried.remove(of_the_body);
    }
    headers.extend(carried);
    let media_type = HeaderValue::from_static("application/problem+json");
    headers.insert(header::CONTENT_TYPE, media_type);
    if problem.code.is_retryable() {
        headers.entry(header::RETRY_AFTER).or_insert(RETRY_AFTER);
    }
    rendered
}
