//! What becomes of each delivery to a webhook.

use app_service::{DeliveryState, DeliveryView, Guerdon, Replay};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{Page, ReplayRequest};

use super::WebhookPath;
use crate::{
    Service,
    headers::OnceHeader,
    once::Once,
    paging::{Paged, Paging},
    path::InPath,
    problem::Problem,
    query::Asked,
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(list_deliveries)).routes(routes!(replay_deliveries))
}

/// Which page of which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeliveriesQuery {
    /// Only those that stand there; `dead` are the dead letters.
    state: Option<wire::DeliveryState>,
    /// Where the page before this one ended; nothing for the first page.
    cursor: Option<String>,
    /// Rows at most; 100 when nothing is said.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

#[derive(Debug, Serialize)]
struct ReplayedView {
    deliveries: u64,
}

/// What was, is or could not be delivered to a webhook, in the order of the feed.
#[utoipa::path(get, path = "/v1/webhooks/{webhook}/deliveries", tag = "webhooks",
    params(WebhookPath, DeliveriesQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Delivery>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_deliveries(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<WebhookPath>,
    Asked(query): Asked<DeliveriesQuery>,
    uri: Uri,
) -> Result<Paged<DeliveryView>, Problem> {
    let state = query.state.map(|it| match it {
        wire::DeliveryState::Pending => DeliveryState::Pending,
        wire::DeliveryState::Delivered => DeliveryState::Delivered,
        wire::DeliveryState::Dead => DeliveryState::Dead,
    });
    let paging = Paging::of("deliveries", query.cursor.as_deref(), query.limit)?;
    let after = paging.after.unwrap_or(0);
    let found = guerdon.deliveries(path.webhook, state, after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.position))
}

/// Deliver an event again, or everything behind a place in the feed, with the ids of old.
#[utoipa::path(post, path = "/v1/webhooks/{webhook}/replay", tag = "webhooks",
    params(WebhookPath, OnceHeader), request_body = ReplayRequest,
    responses((status = 200, description = "It will be.", body = wire::Replayed)))]
async fn replay_deliveries(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<WebhookPath>,
    once: Once,
) -> Result<Response, Problem> {
    let what = match once.body()? {
        ReplayRequest::Position(position) => Replay::One(position),
        ReplayRequest::Behind(position) => Replay::Behind(position.max(0)),
    };
    let replay = move |guerdon: Guerdon, _| async move {
        let deliveries = guerdon.replay_deliveries(path.webhook, what).await?;
        Ok(ReplayedView { deliveries })
    };
    once.answer(&guerdon, StatusCode::OK, replay).await
}
