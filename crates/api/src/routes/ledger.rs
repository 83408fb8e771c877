//! Ledgers: why a balance is what it is.

use app_service::{EntryView, Guerdon, domain};
use axum::{extract::State, http::Uri};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{Currency, Page};

use crate::{
    Service,
    paging::{Paged, Paging},
    path::{InPath, PlayerPath},
    principal::{Role, Taking},
    problem::Problem,
    query::Asked,
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(list_ledger)).taking(Role::Viewer)
}

/// Which page of which account.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LedgerQuery {
    /// Which account.
    #[param(inline)]
    currency: Currency,
    /// Where the page before this one ended; nothing for the first page.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Rows at most; 100 when nothing is said.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// One account's ledger, by number: why the balance is what it is.
#[utoipa::path(get, path = "/v1/players/{player}/ledger", tag = "players",
    params(PlayerPath, LedgerQuery),
    responses((status = 200, description = "One page.", body = Page<wire::LedgerEntry>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_ledger(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    Asked(query): Asked<LedgerQuery>,
    uri: Uri,
) -> Result<Paged<EntryView>, Problem> {
    let (list, currency) = match query.currency {
        Currency::Xp => ("ledger XP", domain::Currency::Xp),
        Currency::Credit => ("ledger CREDIT", domain::Currency::Credit),
        Currency::Debt => ("ledger DEBT", domain::Currency::Debt),
    };
    let paging = Paging::of(list, query.cursor.as_deref(), query.limit)?;
    let after = paging.after.unwrap_or(0);
    let found = guerdon.ledger(path.player, currency, after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.seq))
}
