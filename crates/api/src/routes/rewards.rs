//! One player's reward for one tournament.

use app_service::{Guerdon, RewardSummary};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Service,
    path::{InPath, RewardPath},
    principal::{Role, Taking},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(show_reward)).taking(Role::Viewer)
}

/// One player's reward for one tournament: award, entries, badges, skills before and after.
#[utoipa::path(get, path = "/v1/players/{player}/rewards/{tournament}", tag = "players",
    params(RewardPath),
    responses((status = 200, description = "The reward.", body = wire::Reward)))]
async fn show_reward(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<RewardPath>,
) -> Result<Json<RewardSummary>, Problem> {
    Ok(Json(guerdon.reward(path.tournament, path.player).await?))
}
