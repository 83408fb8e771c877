//! Plans: what finalize would pay.

use app_service::Guerdon;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Service,
    convert::{self, PlanView},
    headers::IfNoneMatchHeader,
    path::{InPath, TournamentPath},
    precondition::{IfNoneMatch, Tagged},
    principal::{Role, Taking},
    problem::Problem,
    query::{Asked, Few},
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(show_plan)).taking(Role::Viewer)
}

/// How much of a plan to show.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlanQuery {
    /// Awards to show; 100 when nothing is said.
    #[param(value_type = Option<u32>, maximum = 1000)]
    awards: Option<Few>,
}

/// What finalize would pay, or has frozen: the hash, the totals and the first awards.
#[utoipa::path(get, path = "/v1/tournaments/{tournament}/plan", tag = "plans",
    params(TournamentPath, PlanQuery, IfNoneMatchHeader),
    responses(
        (status = 200, description = "The plan.", body = wire::Plan,
            headers(("ETag" = String, description = "The hash of the plan."))),
        (status = 304, description = "It is as it was seen."),
    ))]
async fn show_plan(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    Asked(query): Asked<PlanQuery>,
    seen: IfNoneMatch,
) -> Result<Tagged<PlanView>, Problem> {
    let awards = query.awards.unwrap_or_default();
    let preview = guerdon.preview(path.tournament, awards.number()).await?;
    let etag = format!("\"{}\"", preview.plan_hash);
    Ok(Tagged { etag, seen, body: convert::plan(preview) })
}
