//! The document, and a page that shows it. Both are in the binary: nothing is fetched from elsewhere.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse},
    routing::get,
};
use scalar_api_reference::get_asset;
use utoipa_scalar::Scalar;

use crate::openapi;

/// The page. The document is in it, so that it needs no right to ask for anything.
const PAGE: &str = include_str!("docs/page.html");

/// The page runs its own script, in its own styles, and asks this service.
const PROTECTION: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                          img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
                          frame-ancestors 'none'";

static DOCUMENT: LazyLock<String> =
    LazyLock::new(|| openapi::document().to_json().unwrap_or_default());

static DOCS: LazyLock<String> =
    LazyLock::new(|| Scalar::new(openapi::document()).custom_html(PAGE).to_html());

static SCRIPT: LazyLock<Vec<u8>> = LazyLock::new(|| get_asset("scalar.js").unwrap_or_default());

/// What may be read by anybody.
pub(crate) fn pages() -> Router {
    Router::new()
        .route("/openapi.json", get(document))
        .route("/docs", get(docs))
        .route("/docs/scalar.js", get(script))
}

async fn document() -> impl IntoResponse {
    (media_type("application/json"), DOCUMENT.as_str())
}

async fn docs() -> impl IntoResponse {
    let protection = HeaderValue::from_static(PROTECTION);
    ([(header::CONTENT_SECURITY_POLICY, protection)], Html(DOCS.as_str()))
}

async fn script() -> impl IntoResponse {
    (media_type("text/javascript"), SCRIPT.as_slice())
}

fn media_type(name: &'static str) -> [(HeaderName, HeaderValue); 1] {
    [(header::CONTENT_TYPE, HeaderValue::from_static(name))]
}
