//! The routes, and the layers that every request passes.

use std::time::Duration;

use app_service::Role;
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

use crate::{RateLimit, Service, guarded::guarded, principal::require, problem, routes};

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a request may take. What it has committed by then stands.
    pub timeout: Duration,
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// Requests that are answered at the same time.
    pub in_flight: usize,
    /// How often one principal may ask; as often as they like if not at all.
    pub rate: Option<RateLimit>,
}

impl Default for Limits {
    /// Half a minute, 64 KiB, 512 at the same time, as often as they like.
    fn default() -> Self {
        let timeout = Duration::from_secs(30);
        Self { timeout, body_bytes: 64 << 10, in_flight: 512, rate: None }
    }
}

/// Every route over `service`.
pub fn router(service: Service, limits: Limits) -> Router {
    // The last layer is the outermost: an id first, so that logs and problems can name it.
    let router = Router::new()
        .route("/v1/tournaments/{tournament}/finalize", post(routes::finalize))
        .route_layer(require(Role::Operator))
        .route("/livez", get(routes::livez))
        .route("/readyz", get(routes::readyz))
        .route("/metrics", get(routes::metrics))
        .route("/v1/tournaments/{tournament}", get(routes::summary))
        .route("/v1/players/{player}/rewards/{tournament}", get(routes::reward))
        .with_state(service.clone());
    guarded(router, &service, &limits)
        .layer(RequestBodyLimitLayer::new(limits.body_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, limits.timeout))
        .layer(middleware::from_fn(problem::render))
        .layer(TraceLayer::new_for_http())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}
