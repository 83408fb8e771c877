//! Who leads over a set of tournaments.

use app_service::{Guerdon, LeaderMeasure, LeaderView, domain::TournamentId};
use axum::{extract::State, http::Uri};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::Page;

use crate::{
    Service,
    paging::{Paged, Paging},
    path,
    principal::{Role, Taking},
    problem::{Code, Problem},
    query::Asked,
};

/// Tournaments of one board.
const TOURNAMENTS_MAX: usize = 1_000;

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(list_leaders)).taking(Role::Viewer)
}

/// Which page of which board.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LeaderboardQuery {
    /// The tournaments, by key or id, separated by commas; those that do not exist have paid nobody.
    #[param(pattern = r"[^,\s]")]
    tournaments: String,
    /// What to rank by; XP when nothing is said.
    #[param(inline)]
    by: Option<wire::LeaderMeasure>,
    /// Where the page before this one ended; nothing for the first page.
    #[param(pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Rows at most; 100 when nothing is said.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// Those who have been paid for any of some tournaments, best first.
#[utoipa::path(get, path = "/v1/leaderboard", tag = "leaderboard", params(LeaderboardQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Leader>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_leaders(
    State(guerdon): State<Guerdon>,
    Asked(query): Asked<LeaderboardQuery>,
    uri: Uri,
) -> Result<Paged<LeaderView>, Problem> {
    let tournaments = tournaments(&query.tournaments)?;
    let (list, by) = match query.by.unwrap_or_default() {
        wire::LeaderMeasure::Xp => ("leaders xp", LeaderMeasure::Xp),
        wire::LeaderMeasure::Credits => ("leaders credits", LeaderMeasure::Credits),
        wire::LeaderMeasure::Wins => ("leaders wins", LeaderMeasure::Wins),
        wire::LeaderMeasure::Podiums => ("leaders podiums", LeaderMeasure::Podiums),
    };
    let paging = Paging::of(list, query.cursor.as_deref(), query.limit)?;
    let found = guerdon.leaderboard(&tournaments, by, paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.place))
}

fn tournaments(names: &str) -> Result<Vec<TournamentId>, Problem> {
    let names = names.split(',').map(str::trim).filter(|it| !it.is_empty());
    let tournaments: Vec<_> = names.map(path::tournament).collect();
    if (1..=TOURNAMENTS_MAX).contains(&tournaments.len()) {
        return Ok(tournaments);
    }
    let detail = format!("name 1 to {TOURNAMENTS_MAX} tournaments, not {}", tournaments.len());
    Err(Problem::new(Code::QueryInvalid, detail))
}
