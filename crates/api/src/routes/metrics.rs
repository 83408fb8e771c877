//! What a scraper is told.

use app_service::Guerdon;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;

use crate::{
    metrics::Metrics,
    problem::{Code, Problem},
};

/// The metrics of this process, and what the last verification found. A database that cannot be
/// read hides only the latter.
pub(crate) async fn metrics(
    State((guerdon, metrics)): State<(Guerdon, Metrics)>,
) -> Result<Response, Problem> {
    let last = guerdon.verifications(1).await.inspect_err(|error| {
        tracing::warn!(%error, "the last verification cannot be read");
    });
    let last = last.unwrap_or_default().pop();
    let text = metrics.text(last.as_ref().map(|it| &it.report));
    let text = text.map_err(|error| Problem::new(Code::Internal, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}
