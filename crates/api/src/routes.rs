//! One function for each route; the use cases do the work. Each resource has a router.

mod api_keys;
mod appointments;
mod assessments;
mod awards;
mod badges;
mod charges;
mod corrections;
mod distributions;
mod docs;
mod events;
mod health;
mod invariants;
mod leaderboard;
mod ledger;
mod metrics;
mod operations;
mod plans;
mod players;
mod results;
mod rewards;
#[cfg(test)]
mod roles;
mod tournaments;
mod webhooks;

use utoipa_axum::router::OpenApiRouter;

pub(crate) use self::docs::pages;
use crate::{Limits, Service};

/// Every resource, with its documentation.
pub(crate) fn resources(limits: Limits) -> OpenApiRouter<Service> {
    OpenApiRouter::default()
        .merge(health::router())
        .merge(metrics::router())
        .merge(tournaments::router(limits))
        .merge(appointments::router(limits))
        .merge(results::router(limits))
        .merge(plans::router())
        .merge(distributions::router(limits))
        .merge(corrections::router(limits))
        .merge(awards::router())
        .merge(players::router(limits))
        .merge(ledger::router())
        .merge(badges::router())
        .merge(rewards::router())
        .merge(assessments::router(limits))
        .merge(charges::router(limits))
        .merge(leaderboard::router())
        .merge(events::router())
        .merge(webhooks::router(limits))
        .merge(invariants::router(limits))
        .merge(operations::router(limits))
        .merge(api_keys::router(limits))
}
