//! Keys by which programs say who they are: given out, listed, replaced, taken back.

use std::time::Duration;

use app_service::{Actor, ApiKeyView, Guerdon, NewApiKey};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{CreateApiKeyRequest, Page, RotateApiKeyRequest};

use crate::{
    Limits, Service,
    headers::OnceHeader,
    once::Once,
    paging::{PageQuery, Paged},
    path::{ApiKeyPath, InPath},
    principal::{Role, Taking},
    problem::{Code, FieldError, Problem},
    query::Asked,
};

/// How long a secret counts beside the one that replaces it, when nothing is said.
const GRACE: Duration = Duration::from_hours(24);

/// For longer it would not be replaced.
const GRACE_MAX: Duration = Duration::from_hours(30 * 24);

/// All of it is for admins, also to look at: prefixes and names tell whose keys are worth having.
pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    OpenApiRouter::default()
        .routes(routes!(list_api_keys, create_api_key))
        .routes(routes!(revoke_api_key))
        .routes(routes!(rotate_api_key))
        .taking(Role::Admin)
        .layer(limits.of_bodies())
}

/// All keys, in the order in which they were made; those that do not count any more, too.
#[utoipa::path(get, path = "/v1/api-keys", tag = "api-keys", params(PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::ApiKey>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_api_keys(
    State(guerdon): State<Guerdon>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<ApiKeyView>, Problem> {
    let paging = query.of("api-keys")?;
    let found = guerdon.api_keys(paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.id))
}

/// Give out a key.
///
/// Its secret is in the answer to the first request only: what is stored is its hash. Whoever has lost
/// the answer rotates the key.
#[utoipa::path(post, path = "/v1/api-keys", tag = "api-keys", params(OnceHeader),
    request_body = CreateApiKeyRequest,
    responses((status = 201, description = "The key.", body = wire::IssuedApiKey)))]
async fn create_api_key(State(guerdon): State<Guerdon>, once: Once) -> Result<Response, Problem> {
    let CreateApiKeyRequest { name, role, expires_at } = once.body()?;
    let new = NewApiKey { name, role: role_of(role), expires_at };
    let create = move |guerdon: Guerdon, actor: Actor| async move {
        let issued = guerdon.create_api_key(new, &actor).await?;
        Ok((issued.key.clone(), issued))
    };
    once.answer_past_the_store(&guerdon, StatusCode::CREATED, create).await
}

/// Take a key back, at once and for good. Again, it changes nothing.
#[utoipa::path(delete, path = "/v1/api-keys/{prefix}", tag = "api-keys", params(ApiKeyPath),
    responses((status = 200, description = "The key.", body = wire::ApiKey)))]
async fn revoke_api_key(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<ApiKeyPath>,
) -> Result<Json<ApiKeyView>, Problem> {
    Ok(Json(guerdon.revoke_api_key(&path.prefix).await?))
}

/// Give a key another secret. The one that it has counts for a while beside it.
///
/// Its secret is in the answer to the first request only. Whoever has lost the answer rotates again.
#[utoipa::path(post, path = "/v1/api-keys/{prefix}/rotation", tag = "api-keys",
    params(ApiKeyPath, OnceHeader), request_body = Option<RotateApiKeyRequest>,
    responses((status = 200, description = "The key.", body = wire::IssuedApiKey)))]
async fn rotate_api_key(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<ApiKeyPath>,
    once: Once,
) -> Result<Response, Problem> {
    let RotateApiKeyRequest { grace_seconds } = once.body_or_default()?;
    let grace = grace_seconds.map_or(GRACE, |it| Duration::from_secs(it.into()));
    if grace > GRACE_MAX {
        let detail = format!("{} seconds at most", GRACE_MAX.as_secs());
        let error = FieldError { pointer: "/grace_seconds".to_owned(), detail };
        let problem = Problem::new(Code::BodyInvalid, "the grace time is too long");
        return Err(problem.with_errors(vec![error]));
    }
    let rotate = move |guerdon: Guerdon, _| async move {
        let issued = guerdon.rotate_api_key(&path.prefix, grace).await?;
        Ok((issued.key.clone(), issued))
    };
    once.answer_past_the_store(&guerdon, StatusCode::OK, rotate).await
}

fn role_of(role: wire::Role) -> Role {
    match role {
        wire::Role::Viewer => Role::Viewer,
        wire::Role::Operator => Role::Operator,
        wire::Role::Approver => Role::Approver,
        wire::Role::Admin => Role::Admin,
    }
}
