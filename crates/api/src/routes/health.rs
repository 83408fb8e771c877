//! Whether this process runs, and whether it can work.

use app_service::{Guerdon, Outcome};
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::Health;

use crate::{
    Service,
    problem::{Code, Problem},
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(livez)).routes(routes!(readyz))
}

/// Whether the process answers.
#[utoipa::path(get, path = "/livez", tag = "health", security(()),
    responses((status = 200, description = "It does.", body = Health)))]
async fn livez() -> Json<Health> {
    ok()
}

/// Whether the store answers, has its schema, and was not found to be wrong when it was last verified.
#[utoipa::path(get, path = "/readyz", tag = "health", security(()),
    responses((status = 200, description = "It does.", body = Health)))]
async fn readyz(State(guerdon): State<Guerdon>) -> Result<Json<Health>, Problem> {
    guerdon.tournaments(None, 1).await?;
    let last = guerdon.verifications(1).await?.into_iter().next();
    if last.is_some_and(|it| it.report.outcome == Outcome::Violated) {
        let detail = "GET /v1/invariants says what was found; POST runs another verification";
        return Err(Problem::new(Code::InvariantsViolated, detail));
    }
    Ok(ok())
}

fn ok() -> Json<Health> {
    Json(Health { status: "ok".to_owned() })
}
