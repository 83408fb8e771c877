//! What a request passes before any route sees it: is there a place, who is it, how often do they ask.

use axum::{Router, middleware::from_fn_with_state};

use crate::{
    Limits, Service,
    auth::{Gatekeeper, authenticate},
    overload::{Places, shed},
    rate::{Rates, limit_rate},
};

/// `router`, guarded. A request that there is no place for costs nothing more, not even the question
/// who it is; whoever is not let in is not counted.
pub(crate) fn guarded(router: Router, service: Service, limits: &Limits) -> Router {
    let Service { guerdon, access, .. } = service;
    let router = match limits.rate {
        Some(rate) => router.layer(from_fn_with_state(Rates::of(rate), limit_rate)),
        None => router,
    };
    router
        .layer(from_fn_with_state(Gatekeeper { access, guerdon }, authenticate))
        .layer(from_fn_with_state(Places::of(limits.in_flight), shed))
}
