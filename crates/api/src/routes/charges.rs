//! What players are charged: at once, or set aside first.

mod changes;

use app_service::{ChargeView, Guerdon};
use axum::{extract::State, http::Uri};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::Page;

use crate::{
    Limits, Service,
    paging::{PageQuery, Paged},
    path::{InPath, PlayerPath},
    principal::{Role, Taking},
    problem::Problem,
    query::Asked,
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let seen = OpenApiRouter::default()
        .routes(routes!(list_charges))
        .routes(routes!(list_holds))
        .taking(Role::Viewer);
    let changed = changes::router().taking(Role::Operator);
    seen.merge(changed).layer(limits.of_bodies())
}

/// One player's charges, by id.
#[utoipa::path(get, path = "/v1/players/{player}/charges", tag = "charges",
    params(PlayerPath, PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Charge>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_charges(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<ChargeView>, Problem> {
    let paging = query.of("charges")?;
    let found = guerdon.charges(path.player, paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.id))
}

/// One player's holds that have not ended, by id.
#[utoipa::path(get, path = "/v1/players/{player}/holds", tag = "charges",
    params(PlayerPath, PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Charge>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_holds(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<ChargeView>, Problem> {
    let paging = query.of("holds")?;
    let found = guerdon.holds(path.player, paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.id))
}
