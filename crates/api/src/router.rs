//! The routes, and the layers that every request passes.

use std::{sync::Arc, time::Duration};

use app_service::Guerdon;
use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use tower_http::{
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{metrics::Metrics, problem, routes};

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a request may take. What it has committed by then stands.
    pub timeout: Duration,
    /// The largest body, in bytes.
    pub body_bytes: usize,
}

impl Default for Limits {
    /// Half a minute, and 64 KiB.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), body_bytes: 64 << 10 }
    }
}

/// Every route over `guerdon`. `/metrics` tells of what was asked through these routes.
pub fn router(guerdon: Guerdon, limits: Limits) -> Router {
    let metrics = Metrics::new();
    let guerdon = guerdon.with_observer(Arc::new(metrics.clone()));
    let scraped = get(routes::metrics).with_state((guerdon.clone(), metrics));
    // The last layer is the outermost: an id first, so that logs and problems can name it.
    Router::new()
        .route("/livez", get(routes::livez))
        .route("/readyz", get(routes::readyz))
        .route("/metrics", scraped)
        .route("/v1/tournaments/{tournament}", get(routes::summary))
        .route("/v1/tournaments/{tournament}/finalize", post(routes::finalize))
        .route("/v1/players/{player}/rewards/{tournament}", get(routes::reward))
        .with_state(guerdon)
        .layer(RequestBodyLimitLayer::new(limits.body_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, limits.timeout))
        .layer(middleware::from_fn(problem::render))
        .layer(TraceLayer::new_for_http())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}
