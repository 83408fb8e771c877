//! Results: taken in, or put in the place of others while nothing is frozen.

use app_service::{
    Actor, Guerdon, Recorded, Submitted,
    domain::{Hash256, TournamentId},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::SubmitRequest;

use crate::{
    Limits, Service,
    convert::{GivenResults, reading},
    headers::OnceHeader,
    once::Once,
    path::{InPath, TournamentPath},
    principal::{Role, Taking},
    problem::Problem,
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    OpenApiRouter::default()
        .routes(routes!(submit_results))
        .taking(Role::Operator)
        .layer(limits.of_uploads())
}

/// Results that are in.
#[derive(Debug, Serialize)]
struct SubmittedView {
    replayed: bool,
    results_hash: Hash256,
    field_size: u32,
}

/// Take results in, or put others in their place while nothing is frozen.
///
/// The same results again change nothing. Whatever is wrong with them comes back at once, and nothing
/// is written.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/results", tag = "results",
    params(TournamentPath, OnceHeader), request_body = SubmitRequest,
    responses((status = 200, description = "They are in.", body = wire::Submitted)))]
async fn submit_results(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    once: Once,
) -> Result<Response, Problem> {
    let request: SubmitRequest = once.body()?;
    let id = path.tournament;
    let submit = move |guerdon: Guerdon, actor| submit(guerdon, id, request, actor);
    once.answer(&guerdon, StatusCode::OK, submit).await
}

async fn submit(
    guerdon: Guerdon,
    id: TournamentId,
    request: SubmitRequest,
    actor: Actor,
) -> Result<SubmittedView, Problem> {
    let SubmitRequest { results, on_duplicate, on_gap } = request;
    let given = GivenResults::of(&results)?;
    let options = reading(on_duplicate, on_gap);
    let submitted = guerdon.submit_results(id, &given.results, options, &actor).await;
    let Submitted { recorded, results_hash, field_size } =
        submitted.map_err(|error| given.problem(error))?;
    Ok(SubmittedView { replayed: recorded == Recorded::Replayed, results_hash, field_size })
}
