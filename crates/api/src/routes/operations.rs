//! Requests that go on while nobody waits for them: how far they have come, and what came of them.

use app_service::Guerdon;
use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::sse::{KeepAlive, Sse},
};
use futures::Stream;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::RequestOperation;

use crate::{
    Limits, Service,
    operations::{Told, Watch, operation},
    path::{InPath, OperationPath},
    principal::{Role, Taking},
    problem::Problem,
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let seen = OpenApiRouter::default()
        .routes(routes!(show_operation))
        .routes(routes!(watch_operation))
        .taking(Role::Viewer);
    seen.layer(limits.of_bodies())
}

/// A request, how far it has come, and what it was answered with.
///
/// Every request that changes something is one, whether its caller waits or prefers not to.
#[utoipa::path(get, path = "/v1/operations/{operation}", tag = "operations", params(OperationPath),
    responses((status = 200, description = "The request.", body = RequestOperation)))]
async fn show_operation(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<OperationPath>,
) -> Result<Json<RequestOperation>, Problem> {
    Ok(Json(operation(&guerdon, path.operation).await?))
}

/// The same as it changes, as server-sent events.
///
/// Each event holds the request as it is by then: `progress`, and at last `answer`, after which the
/// stream ends. Whoever comes back with `Last-Event-ID` hears of what has changed since.
#[utoipa::path(get, path = "/v1/operations/{operation}/events", tag = "operations",
    params(OperationPath),
    responses((status = 200, description = "What happens to it.", body = String,
        content_type = "text/event-stream")))]
async fn watch_operation(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<OperationPath>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Told>>, Problem> {
    // Whoever asks for what does not exist is told so at once.
    operation(&guerdon, path.operation).await?;
    let seen = headers.get("last-event-id").and_then(|it| it.to_str().ok());
    let watch = Watch::of(guerdon, path.operation, seen);
    Ok(Sse::new(watch.events()).keep_alive(KeepAlive::default()))
}
