//! Awards: who is owed what, and whether it is paid.

use app_service::{AwardView, Guerdon};
use axum::{extract::State, http::Uri};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::Page;

use crate::{
    Service,
    paging::{PageQuery, Paged},
    path::{InPath, TournamentPath},
    principal::{Role, Taking},
    problem::Problem,
    query::Asked,
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(list_awards)).taking(Role::Viewer)
}

/// A tournament's awards, ascending by player id; none before it is frozen.
#[utoipa::path(get, path = "/v1/tournaments/{tournament}/awards", tag = "awards",
    params(TournamentPath, PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Award>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_awards(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<AwardView>, Problem> {
    let paging = query.of("awards")?;
    let found = guerdon.awards(path.tournament, paging.after, paging.rows()).await?;
    if found.is_empty() {
        // Nobody is owed anything, or nobody could be.
        guerdon.tournament(path.tournament).await?;
    }
    Ok(paging.page(&uri, found, |it| it.player))
}
