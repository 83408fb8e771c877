//! What the routes work with.

use std::{fmt, sync::Arc};

use app_service::{Guerdon, WebhookRules};
use axum::extract::FromRef;

use crate::{Access, metrics::Metrics};

/// What the routes work with. Cheap to clone; clones are the same.
#[derive(Clone)]
pub struct Service {
    pub(crate) guerdon: Guerdon,
    pub(crate) access: Access,
    pub(crate) metrics: Metrics,
    pub(crate) webhooks: WebhookRules,
}

impl Service {
    /// A service over `guerdon`, for those whom `access` lets in. `/metrics` tells of what was asked
    /// through this service.
    #[must_use]
    pub fn new(guerdon: Guerdon, access: Access) -> Self {
        let metrics = Metrics::new();
        let guerdon = guerdon.with_observer(Arc::new(metrics.clone()));
        Self { guerdon, access, metrics, webhooks: WebhookRules::default() }
    }

    /// The same, with other rules for where webhooks may be.
    #[must_use]
    pub fn with_webhook_rules(self, webhooks: WebhookRules) -> Self {
        Self { webhooks, ..self }
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

impl FromRef<Service> for WebhookRules {
    fn from_ref(service: &Service) -> Self {
        service.webhooks
    }
}

impl FromRef<Service> for Metrics {
    fn from_ref(service: &Service) -> Self {
        service.metrics.clone()
    }
}
