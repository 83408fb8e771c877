//! The routes, and what one request may cost.

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::limit::RequestBodyLimitLayer;

use crate::{Service, layers, principal, routes};

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a request may take. What it has committed by then stands.
    pub timeout: Duration,
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The largest body where a list may be long: results, corrections, players, assessments.
    pub upload_bytes: usize,
}

impl Default for Limits {
    /// Half a minute, 64 KiB, and 16 MiB.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), body_bytes: 64 << 10, upload_bytes: 16 << 20 }
    }
}

impl Limits {
    pub(crate) fn of_bodies(&self) -> RequestBodyLimitLayer {
        RequestBodyLimitLayer::new(self.body_bytes)
    }

    pub(crate) fn of_uploads(&self) -> RequestBodyLimitLayer {
        RequestBodyLimitLayer::new(self.upload_bytes)
    }
}

/// Every route over `service`.
pub fn router(service: Service, limits: Limits) -> Router {
    let (resources, _) = routes::resources(limits).split_for_parts();
    let resources = resources
        .with_state(service)
        // Each resource has a limit of its own.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(principal::development));
    layers::around(resources.merge(routes::pages()), limits.timeout)
}
