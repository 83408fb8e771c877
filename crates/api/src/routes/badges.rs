//! Badges, as they are shown off.

use app_service::{Guerdon, Showcase};
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Service,
    path::{InPath, PlayerPath},
    principal::{Role, Taking},
    problem::Problem,
    query::{Asked, Few},
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(show_badges)).taking(Role::Viewer)
}

/// How much to show.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BadgesQuery {
    /// Kinds to show among the rarest and among the latest; 100 when nothing is said.
    #[param(value_type = Option<u32>, maximum = 1000)]
    shown: Option<Few>,
}

/// A player's badges, each kind once: the rarest, the latest, and all by category.
#[utoipa::path(get, path = "/v1/players/{player}/badges", tag = "players",
    params(PlayerPath, BadgesQuery),
    responses((status = 200, description = "The badges.", body = wire::Showcase)))]
async fn show_badges(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    Asked(query): Asked<BadgesQuery>,
) -> Result<Json<Showcase>, Problem> {
    let shown = query.shown.unwrap_or_default();
    Ok(Json(guerdon.showcase(path.player, shown.number()).await?))
}
