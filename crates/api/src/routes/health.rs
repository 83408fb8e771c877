//! Whether this process runs, and whether it can work.

use app_service::Guerdon;
use axum::{Json, extract::State};

use crate::{dto::Health, problem::Problem};

const OK: Json<Health> = Json(Health { status: "ok" });

/// The process answers.
pub(crate) async fn livez() -> Json<Health> {
    OK
}

/// The store answers, and has its schema.
pub(crate) async fn readyz(State(guerdon): State<Guerdon>) -> Result<Json<Health>, Problem> {
    guerdon.tournaments(None, 1).await?;
    Ok(OK)
}
