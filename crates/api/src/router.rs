//! The routes, and what one request may cost.

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit};
use tower_http::limit::RequestBodyLimitLayer;

use crate::{RateLimit, Service, guarded::guarded, layers, routes};

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a request may take. What it has committed by then stands.
    pub timeout: Duration,
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The largest body where a list may be long: results, corrections, players, assessments.
    pub upload_bytes: usize,
    /// Requests that are answered at the same time.
    pub in_flight: usize,
    /// How long a connection may go without the head of a request. Longer than proxies keep a connection
    /// that they have no use for, which is a minute: whoever closes it should be the one who would use it.
    pub head: Duration,
    /// How often one principal may ask; as often as they like if not at all.
    pub rate: Option<RateLimit>,
    /// How long requests that are being answered may take once the service is told to stop.
    pub shutdown: Duration,
}

impl Default for Limits {
    /// Half a minute, 64 KiB, 16 MiB, 512 at the same time, as often as they like.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            body_bytes: 64 << 10,
            upload_bytes: 16 << 20,
            in_flight: 512,
            head: Duration::from_secs(75),
            rate: None,
            shutdown: Duration::from_secs(30),
        }
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
        .with_state(service.clone())
        // Each resource has a limit of its own.
        .layer(DefaultBodyLimit::disable());
    let guarded = guarded(resources.merge(routes::pages()), service, &limits);
    layers::around(guarded, limits.timeout)
}
