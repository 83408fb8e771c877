//! Paying: 200 for the one caller who does, 409 with what exists for every other.

use app_service::{
    Actor, DistributeScope, Distribution, FinalizeOptions, Guerdon, ProgressListener,
    TournamentSummary,
};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{DistributeRequest, DistributionOutcome, FinalizeRequest, Scope};

use crate::{
    Limits, Service,
    convert::hash,
    headers::OnceHeader,
    once::Once,
    path::{self, InPath, TournamentPath},
    principal::{Role, Taking},
    problem::Problem,
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let paid = OpenApiRouter::default()
        .routes(routes!(finalize))
        .routes(routes!(distribute))
        .taking(Role::Operator);
    let seen = OpenApiRouter::default().routes(routes!(show_distribution)).taking(Role::Viewer);
    paid.merge(seen).layer(limits.of_bodies())
}

/// The answer to the one caller who paid.
#[derive(Debug, Serialize)]
pub(super) struct DistributionView {
    outcome: DistributionOutcome,
    #[serde(flatten)]
    distribution: Distribution,
}

/// Freeze the plan of a tournament whose results are in, and pay it.
///
/// Exactly one caller does; every other one is told what exists. No body, or an empty one, pays
/// whatever the plan is.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/finalize", tag = "distributions",
    params(TournamentPath, OnceHeader), request_body = Option<FinalizeRequest>,
    responses((status = 200, description = "This call paid.", body = wire::Distribution)))]
async fn finalize(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    once: Once,
) -> Result<Response, Problem> {
    let FinalizeRequest { expected_plan } = once.body_or_default()?;
    let expected_plan = expected_plan.map(|it| hash("/expected_plan", &it)).transpose()?;
    let options = FinalizeOptions { expected_plan, ..FinalizeOptions::default() };
    let id = path.tournament;
    let finalize = move |guerdon: Guerdon, actor: Actor| async move {
        Ok(DistributionView::of(guerdon.finalize(id, options, &actor).await?))
    };
    once.answer(&guerdon, StatusCode::OK, finalize).await
}

/// Pay what a frozen tournament still owes, from wherever it was left.
///
/// Any number of callers may do so at once: each pays what no other has claimed. No body asks for
/// everybody whom nobody has tried to pay.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/distribution", tag = "distributions",
    params(TournamentPath, OnceHeader), request_body = Option<DistributeRequest>,
    responses((status = 200, description = "This call paid.", body = wire::Distribution)))]
async fn distribute(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    once: Once,
) -> Result<Response, Problem> {
    let DistributeRequest { scope } = once.body_or_default()?;
    let (id, scope) = (path.tournament, whom(&scope));
    let distribute = move |guerdon: Guerdon, actor: Actor| async move {
        let progress = ProgressListener::default();
        Ok(DistributionView::of(guerdon.distribute(id, scope, &progress, &actor).await?))
    };
    once.answer(&guerdon, StatusCode::OK, distribute).await
}

/// How far a tournament is paid.
#[utoipa::path(get, path = "/v1/tournaments/{tournament}/distribution", tag = "distributions",
    params(TournamentPath),
    responses((status = 200, description = "The tournament, with what is pending, paid and failed.",
        body = wire::TournamentSummary)))]
async fn show_distribution(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
) -> Result<Json<TournamentSummary>, Problem> {
    Ok(Json(guerdon.summary(path.tournament).await?))
}

fn whom(scope: &Scope) -> DistributeScope {
    match scope {
        Scope::Pending => DistributeScope::Pending,
        Scope::PendingAndFailed => DistributeScope::PendingAndFailed,
        Scope::Player(name) => DistributeScope::Player(path::player(name)),
    }
}

impl DistributionView {
    pub(super) fn of(distribution: Distribution) -> Self {
        let outcome = if distribution.is_complete() {
            DistributionOutcome::Distributed
        } else {
            DistributionOutcome::Incomplete
        };
        Self { outcome, distribution }
    }
}
