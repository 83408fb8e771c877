//! Entity tags: what a caller has seen, and whether it is still so.

use app_service::TournamentSummary;
use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::problem::{Code, Problem};

/// What a caller has seen of what it wants to change. It must be said.
#[derive(Debug, Clone)]
pub(crate) struct IfMatch(Vec<String>);

/// What a caller has seen of what it wants to see, if anything.
#[derive(Debug, Clone)]
pub(crate) struct IfNoneMatch(Vec<String>);

/// An answer with its entity tag.
#[derive(Debug)]
pub(crate) struct Tagged<T> {
    /// Names the answer as it is now.
    pub(crate) etag: String,
    /// What the caller has seen.
    pub(crate) seen: IfNoneMatch,
    /// The answer.
    pub(crate) body: T,
}

impl IfMatch {
    /// Refuses whoever has seen something else.
    pub(crate) fn check(&self, etag: &str) -> Result<(), Problem> {
        if self.0.iter().any(|it| it == "*" || it == etag) {
            return Ok(());
        }
        let detail = format!("the tournament is now {etag}: look at it again, and decide again");
        Err(Problem::new(Code::PreconditionFailed, detail))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let tags = tags(&parts.headers, &header::IF_MATCH);
        if tags.is_empty() {
            let detail = "say with the header If-Match which ETag of the tournament you have seen";
            return Err(Problem::new(Code::PreconditionRequired, detail));
        }
        Ok(Self(tags))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(tags(&parts.headers, &header::IF_NONE_MATCH)))
    }
}

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let Self { etag, seen, body } = self;
        let unchanged = seen.0.iter().any(|it| *it == etag || it == "*");
        let etag = HeaderValue::try_from(etag).ok().map(|it| [(header::ETAG, it)]);
        if unchanged {
            (StatusCode::NOT_MODIFIED, etag, ()).into_response()
        } else {
            (etag, Json(body)).into_response()
        }
    }
}

/// Names a tournament as it is: what was recorded of it, and how far it is paid.
pub(crate) fn tournament_tag(summary: &TournamentSummary) -> String {
    let TournamentSummary { change_seq, .. } = summary;
    let TournamentSummary { awards_pending, awards_applied, awards_failed, .. } = summary;
    format!("\"{change_seq}.{awards_pending}.{awards_applied}.{awards_failed}\"")
}

/// A proxy that packs answers makes weak tags of strong ones. They name the same tournament.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let values = headers.get_all(name).iter().filter_map(|it| it.to_str().ok());
    let tags = values.flat_map(|it| it.split(',')).map(str::trim).filter(|it| !it.is_empty());
    tags.map(|it| it.trim_start_matches("W/").to_owned()).collect()
}
