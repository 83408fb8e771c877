//! Webhooks: where events are delivered to.

mod deliveries;

use std::time::Duration;

use app_service::{
    Guerdon, NewWebhook, WebhookChange, WebhookRules, WebhookView, WebhookWithSecret,
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use wire::{Page, RotateRequest};

use crate::{
    Limits, Service,
    headers::OnceHeader,
    once::Once,
    paging::{PageQuery, Paged},
    path::InPath,
    principal::{Role, Taking},
    problem::{Code, Problem, body::InBody},
    query::Asked,
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    OpenApiRouter::default()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(show_webhook, change_webhook, delete_webhook))
        .routes(routes!(rotate_webhook_secret))
        .merge(deliveries::router())
        .taking(Role::Admin)
        .layer(limits.of_bodies())
}

/// The path of a webhook.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct WebhookPath {
    /// The id of the webhook.
    webhook: Uuid,
}

#[derive(Serialize)]
struct WithSecret {
    webhook: WebhookView,
    /// Only the first time: it is not stored with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl WithSecret {
    /// What is stored of the answer, and the answer.
    fn stored_and_shown(made: WebhookWithSecret) -> (Self, Self) {
        let stored = Self { webhook: made.webhook.clone(), secret: None };
        (stored, Self { webhook: made.webhook, secret: Some(made.secret) })
    }
}

const OVERLAP_USUAL: u32 = 24 * 3600;
const OVERLAP_MAX: u32 = 7 * 24 * 3600;

/// All webhooks, in the order in which they were set up.
#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks", params(PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Webhook>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_webhooks(
    State(guerdon): State<Guerdon>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<WebhookView>, Problem> {
    let paging = query.of::<Uuid>("webhooks")?;
    let found = guerdon.webhooks(paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.id))
}

/// Set up a webhook: what happens from now on is delivered to it.
///
/// The answer has the secret that deliveries are signed with. It is shown this once.
#[utoipa::path(post, path = "/v1/webhooks", tag = "webhooks", params(OnceHeader),
    request_body = wire::NewWebhook,
    responses((status = 201, description = "It is set up.", body = wire::WebhookWithSecret)))]
async fn create_webhook(
    State(guerdon): State<Guerdon>,
    State(rules): State<WebhookRules>,
    once: Once,
) -> Result<Response, Problem> {
    let wire::NewWebhook { url, description, event_types } = once.body()?;
    let new = NewWebhook { url, description, event_types };
    let create = move |guerdon: Guerdon, _| async move {
        Ok(WithSecret::stored_and_shown(guerdon.create_webhook(new, rules).await?))
    };
    once.answer_past_the_store(&guerdon, StatusCode::CREATED, create).await
}

/// One webhook.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}", tag = "webhooks", params(WebhookPath),
    responses((status = 200, description = "The webhook.", body = wire::Webhook)))]
async fn show_webhook(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<WebhookPath>,
) -> Result<Json<WebhookView>, Problem> {
    Ok(Json(guerdon.webhook(path.webhook).await?))
}

/// Change a webhook; what is left out stays as it is.
#[utoipa::path(patch, path = "/v1/webhooks/{webhook}", tag = "webhooks", params(WebhookPath),
    request_body = wire::WebhookChange,
    responses((status = 200, description = "The webhook as it is now.", body = wire::Webhook)))]
async fn change_webhook(
    State(guerdon): State<Guerdon>,
    State(rules): State<WebhookRules>,
    InPath(path): InPath<WebhookPath>,
    InBody(change): InBody<wire::WebhookChange>,
) -> Result<Json<WebhookView>, Problem> {
    let wire::WebhookChange { url, description, event_types, active } = change;
    let change = WebhookChange { url, description, event_types, active };
    Ok(Json(guerdon.change_webhook(path.webhook, change, rules).await?))
}

/// Remove a webhook, with all that was to be delivered to it.
#[utoipa::path(delete, path = "/v1/webhooks/{webhook}", tag = "webhooks", params(WebhookPath),
    responses((status = 200, description = "The webhook as it was.", body = wire::Webhook)))]
async fn delete_webhook(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<WebhookPath>,
) -> Result<Json<WebhookView>, Problem> {
    let was = guerdon.webhook(path.webhook).await?;
    guerdon.delete_webhook(path.webhook).await?;
    Ok(Json(was))
}

/// Give a webhook a new secret; the one before signs along for a while.
///
/// The answer has the new secret. It is shown this once.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/secret", tag = "webhooks",
    params(WebhookPath, OnceHeader), request_body = Option<RotateRequest>,
    responses((status = 200, description = "It has a new secret.", body = wire::WebhookWithSecret)))]
async fn rotate_webhook_secret(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<WebhookPath>,
    once: Once,
) -> Result<Response, Problem> {
    let overlap = once.body_or_default::<RotateRequest>()?.overlap_seconds;
    let overlap = overlap.unwrap_or(OVERLAP_USUAL);
    if overlap > OVERLAP_MAX {
        let detail = format!("a secret signs along for {OVERLAP_MAX} seconds at most");
        return Err(Problem::new(Code::WebhookInvalid, detail));
    }
    let rotate = move |guerdon: Guerdon, _| async move {
        let overlap = Duration::from_secs(overlap.into());
        let made = guerdon.rotate_webhook_secret(path.webhook, overlap).await?;
        Ok(WithSecret::stored_and_shown(made))
    };
    once.answer_past_the_store(&guerdon, StatusCode::OK, rotate).await
}
