//! Whether everything that must hold does.

use app_service::{Guerdon, VerifyOptions, VerifyReport};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::VerifyRequest;

use crate::{
    Limits, Service,
    headers::OnceHeader,
    once::Once,
    principal::{Role, Taking},
    problem::{Code, Problem},
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let seen = OpenApiRouter::default().routes(routes!(show_verification)).taking(Role::Viewer);
    let run = OpenApiRouter::default().routes(routes!(verify)).taking(Role::Admin);
    seen.merge(run).layer(limits.of_bodies())
}

/// What the last verification found.
#[utoipa::path(get, path = "/v1/invariants", tag = "invariants",
    responses((status = 200, description = "The report.", body = wire::Verification)))]
async fn show_verification(State(guerdon): State<Guerdon>) -> Result<Json<VerifyReport>, Problem> {
    let last = guerdon.verifications(1).await?.into_iter().next();
    let none = || Problem::new(Code::VerificationUnknown, "run one with POST /v1/invariants");
    Ok(Json(last.ok_or_else(none)?.report))
}

/// Check every invariant now, and write down what was found.
///
/// Reads only, takes no lock. No body asks for everything, leniently.
#[utoipa::path(post, path = "/v1/invariants", tag = "invariants", params(OnceHeader),
    request_body = Option<VerifyRequest>,
    responses((status = 200, description = "The report.", body = wire::Verification)))]
async fn verify(State(guerdon): State<Guerdon>, once: Once) -> Result<Response, Problem> {
    let VerifyRequest { since, strict } = once.body_or_default()?;
    let options = VerifyOptions { since, strict, ..VerifyOptions::default() };
    let verify = move |guerdon: Guerdon, _| async move {
        let report = guerdon.verify(options).await?;
        guerdon.record_verification(&report).await?;
        Ok(report)
    };
    once.answer(&guerdon, StatusCode::OK, verify).await
}
