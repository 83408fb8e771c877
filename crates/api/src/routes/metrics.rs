//! What a scraper is told.

use std::time::Duration;

use app_service::{Guerdon, VerifyRun};
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

/// How long the database may take. When every connection is in use is when a scraper should hear of
/// the locks.
const PATIENCE: Duration = Duration::from_secs(1);

/// The metrics of this process, and what the last verification found. A database that cannot be
/// read, or not now, hides only the latter.
pub(crate) async fn metrics(
    State((guerdon, metrics)): State<(Guerdon, Metrics)>,
) -> Result<Response, Problem> {
    let last = last_verification(&guerdon).await;
    let text = metrics.text(last.as_ref().map(|it| &it.report));
    let text = text.map_err(|error| Problem::new(Code::Internal, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}

async fn last_verification(guerdon: &Guerdon) -> Option<VerifyRun> {
    match tokio::time::timeout(PATIENCE, guerdon.verifications(1)).await {
        Ok(Ok(mut runs)) => runs.pop(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the last verification cannot be read");
            None
        }
        Err(_) => {
            tracing::warn!("the last verification cannot be read in time");
            None
        }
    }
}
