//! What the routes work with.

use std::{fmt, sync::Arc};

use app_service::Guerdon;
use axum::extract::FromRef;

use crate::{Access, metrics::Metrics};

/// What the routes work with. Cheap to clone; clones are the same.
#[derive(Clone)]
pub struct Service {
    pub(crate) guerdon: Guerdon,
    pub(crate) access: Access,
    pub(crate) metrics: Metrics,
}

impl Service {
    /// A service over `guerdon`, for those whom `access` lets in. `/metrics` tells of what was asked
    /// through this service.
    #[must_use]
    pub fn new(guerdon: Guerdon, access: Access) -> Self {
        let metrics = Metrics::new();
        Self { guerdon: guerdon.with_observer(Arc::new(metrics.clone())), access, metrics }
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("guerdon", &self.guerdon).finish_non_exhaustive()
    }
}

impl FromRef<Service> for Guerdon {
    fn from_ref(service: &Service) -> Self {
        service.guerdon.clone()
    }
}

impl FromRef<Service> for Metrics {
    fn from_ref(service: &Service) -> Self {
        service.metrics.clone()
    }
}
