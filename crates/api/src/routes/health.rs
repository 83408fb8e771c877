//! Whether this process runs, and whether it can work.

use app_service::Guerdon;
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::Health;

use crate::{Service, problem::Problem};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(livez)).routes(routes!(readyz))
}

/// Whether the process answers.
#[utoipa::path(get, path = "/livez", tag = "health", security(()),
    responses((status = 200, description = "It does.", body = Health)))]
async fn livez() -> Json<Health> {
    ok()
}

/// Whether the store answers, and has its schema.
#[utoipa::path(get, path = "/readyz", tag = "health", security(()),
    responses((status = 200, description = "It does.", body = Health)))]
async fn readyz(State(guerdon): State<Guerdon>) -> Result<Json<Health>, Problem> {
    guerdon.tournaments(None, 1).await?;
    Ok(ok())
}

fn ok() -> Json<Health> {
    Json(Health { status: "ok".to_owned() })
}
