//! Takes over what other processes have left behind, and forgets what is old.

use std::{convert::Infallible, time::Duration};

use app_service::{ClaimedRequest, Guerdon, GuerdonError, NewRequest};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::StatusCode,
};
use tower::ServiceExt;

use crate::{
    Limits, Service,
    once::{Document, LEASE},
    routes,
};

/// How long answers are kept by default.
pub(crate) const RETENTION: Duration = Duration::from_hours(24);

/// How often somebody looks for what was left behind.
const PERIOD: Duration = Duration::from_secs(10);

/// How many are taken over at a time.
const AT_ONCE: u32 = 16;

/// How often old requests are looked for, in periods.
const FORGETTING: u32 = 60;

/// Takes over what other processes have left behind. Any number of processes may have one.
pub(crate) struct Housekeeper {
    guerdon: Guerdon,
    /// Behind everything that asks who it is: that was done when the request came in.
    routes: Router,
    retention: Duration,
}

impl Housekeeper {
    pub(crate) fn of(service: &Service, limits: Limits, retention: Duration) -> Self {
        let (resources, _) = routes::resources(limits).split_for_parts();
        let routes = resources.with_state(service.clone()).layer(DefaultBodyLimit::disable());
        Self { guerdon: service.guerdon.clone(), routes, retention }
    }

    /// Looks after requests for ever. A store that does not answer is asked again later.
    pub(crate) async fn work(&self) -> Infallible {
        loop {
            for _ in 0..FORGETTING {
                if let Err(error) = self.take_over().await {
                    tracing::warn!(%error, "nothing is taken over for now");
                }
                tokio::time::sleep(PERIOD).await;
            }
            match self.guerdon.forget_requests(self.retention).await {
                Ok(forgotten) => tracing::debug!(forgotten, "old requests are forgotten"),
                Err(error) => tracing::warn!(%error, "old requests stay for now"),
            }
        }
    }

    /// Takes over what nobody is at.
    async fn take_over(&self) -> Result<(), GuerdonError> {
        for request in self.guerdon.due_requests(LEASE, AT_ONCE).await? {
            if let ClaimedRequest::Mine(ticket) = self.guerdon.claim_request(&request).await? {
                tracing::info!(request = %ticket.id(), "taken over");
                let asked = asked(&request).and_then(|it| it.into_request(ticket.clone()));
                if !self.begin(asked).await {
                    tracing::error!(request = %ticket.id(), "it can be read no more");
                }
            }
        }
        Ok(())
    }

    /// What it comes to is stored; nobody waits for it, here neither.
    async fn begin(&self, asked: Option<Request>) -> bool {
        let Some(asked) = asked else { return false };
        let Ok(response) = self.routes.clone().oneshot(asked).await;
        response.status() == StatusCode::ACCEPTED
    }
}

fn asked(request: &NewRequest) -> Option<Document> {
    serde_json::from_str(request.document.as_deref()?).ok()
}
