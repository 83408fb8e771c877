//! Appointments: tournaments that a scheduler finalizes at their time.

use app_service::Guerdon;
use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{Appointment, AppointmentRequest};

use crate::{
    Limits, Service,
    path::{InPath, TournamentPath},
    principal::{Principal, Role, Taking},
    problem::{Problem, body::InBody},
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let seen = OpenApiRouter::default().routes(routes!(show_appointment)).taking(Role::Viewer);
    let made = OpenApiRouter::default()
        .routes(routes!(make_appointment, take_appointment_back))
        .taking(Role::Operator);
    seen.merge(made).layer(limits.of_bodies())
}

/// When a tournament is to be finalized.
#[utoipa::path(get, path = "/v1/tournaments/{tournament}/appointment", tag = "tournaments",
    params(TournamentPath),
    responses((status = 200, description = "When, if that was said.", body = Appointment)))]
async fn show_appointment(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
) -> Result<Json<Appointment>, Problem> {
    let id = guerdon.summary(path.tournament).await?.id;
    Ok(Json(Appointment { finalize_at: guerdon.finalizes_at(id).await? }))
}

/// Have a tournament finalized at a moment, or at another one.
///
/// The moment decides nothing: whoever finalizes it before is not in its way, and it is paid once.
#[utoipa::path(put, path = "/v1/tournaments/{tournament}/appointment", tag = "tournaments",
    params(TournamentPath), request_body = AppointmentRequest,
    responses((status = 200, description = "It will be.", body = Appointment)))]
async fn make_appointment(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    principal: Principal,
    InBody(request): InBody<AppointmentRequest>,
) -> Result<Json<Appointment>, Problem> {
    let at = request.finalize_at;
    guerdon.finalize_at(path.tournament, at, &principal.actor()).await?;
    Ok(Json(Appointment { finalize_at: Some(at) }))
}

/// Finalize a tournament by hand after all.
#[utoipa::path(delete, path = "/v1/tournaments/{tournament}/appointment", tag = "tournaments",
    params(TournamentPath),
    responses((status = 200, description = "It is finalized by hand.", body = Appointment)))]
async fn take_appointment_back(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
) -> Result<Json<Appointment>, Problem> {
    let id = guerdon.summary(path.tournament).await?.id;
    guerdon.finalize_by_hand(id).await?;
    Ok(Json(Appointment { finalize_at: None }))
}
