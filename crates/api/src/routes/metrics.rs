//! What a scraper is told.

use std::time::Duration;

use app_service::{Guerdon, VerifyReport};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Service,
    metrics::{Metrics, scope},
    principal::{Role, Taking},
    problem::{Code, Problem},
};

/// Among so many runs the last one of each scope is looked for: a week of hourly ones, and more.
const RUNS_MAX: u32 = 200;

/// How long the database may take. When every connection is in use is when a scraper should hear of
/// the locks.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(metrics)).taking(Role::Viewer)
}

/// The metrics of this process, and what the last verifications found.
///
/// A database that cannot be read, or not now, hides only the latter.
#[utoipa::path(get, path = "/metrics", tag = "health",
    responses((status = 200, description = "In the text format of Prometheus.", body = String,
        content_type = "text/plain; version=0.0.4")))]
async fn metrics(
    State(guerdon): State<Guerdon>,
    State(metrics): State<Metrics>,
) -> Result<Response, Problem> {
    let text = metrics.text(&last_verifications(&guerdon).await);
    let text = text.map_err(|error| Problem::new(Code::Internal, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}

/// The newest run that looked at everything, and the newest that looked at what had changed.
async fn last_verifications(guerdon: &Guerdon) -> Vec<VerifyReport> {
    let runs = match tokio::time::timeout(PATIENCE, guerdon.verifications(RUNS_MAX)).await {
        Ok(Ok(runs)) => runs,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the last verifications cannot be read");
            vec![]
        }
        Err(_) => {
            tracing::warn!("the last verifications cannot be read in time");
            vec![]
        }
    };
    let mut last: Vec<VerifyReport> = vec![];
    for run in runs {
        if last.iter().all(|it| scope(it) != scope(&run.report)) {
            last.push(run.report);
        }
    }
    last
}
