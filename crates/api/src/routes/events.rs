//! The feed: what happened, for whoever listens.

use std::time::Duration;

use app_service::{CloudEvent, EventPage, EventScope, Guerdon};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Service, cursor,
    paging::Paging,
    path,
    principal::{Role, Taking},
    problem::{Code, Problem},
    query::Asked,
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default().routes(routes!(list_events)).taking(Role::Viewer)
}

/// Which part of the feed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EventsQuery {
    /// The `cursor` of the page before this one; nothing for the start.
    cursor: Option<String>,
    /// Events at most; 100 when nothing is said.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
    /// Only what happened to this player, by key or id.
    player: Option<String>,
    /// Only what this tournament is behind, by key or id.
    tournament: Option<String>,
    /// How many seconds to wait for something to happen, when there is nothing yet.
    #[param(maximum = 20)]
    wait: Option<u32>,
}

#[derive(Debug, Serialize)]
struct EventsView {
    events: Vec<CloudEvent>,
    cursor: String,
}

/// One page of the feed: what happened, in the order of its places.
///
/// Whoever goes on at the `cursor` of a page misses nothing, whatever is being paid meanwhile. An
/// event is in the feed once a relay has given it its place.
#[utoipa::path(get, path = "/v1/events", tag = "events", params(EventsQuery),
    responses((status = 200, description = "One page.", body = wire::EventPage)))]
async fn list_events(
    State(guerdon): State<Guerdon>,
    Asked(query): Asked<EventsQuery>,
) -> Result<Json<EventsView>, Problem> {
    let paging = Paging::<i64>::of(LIST, query.cursor.as_deref(), query.limit)?;
    let scope = scope(&query)?;
    let wait = query.wait.unwrap_or(0);
    if wait > WAIT_MAX {
        let detail = format!("nobody waits for longer than {WAIT_MAX} seconds");
        return Err(Problem::new(Code::QueryInvalid, detail));
    }
    let (after, limit) = (paging.after.unwrap_or(0), paging.limit());
    let read = || guerdon.events(scope, after, limit);
    let mut page = read().await?;
    for _ in 0..(wait * LOOKS_PER_SECOND) {
        if !page.events.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1) / LOOKS_PER_SECOND).await;
        page = read().await?;
    }
    let EventPage { events, last } = page;
    Ok(Json(EventsView { events, cursor: cursor::write(LIST, &last) }))
}

const LIST: &str = "events";
const WAIT_MAX: u32 = 20;
const LOOKS_PER_SECOND: u32 = 4;

fn scope(query: &EventsQuery) -> Result<EventScope, Problem> {
    match (&query.player, &query.tournament) {
        (None, None) => Ok(EventScope::All),
        (Some(player), None) => Ok(EventScope::Player(path::player(player))),
        (None, Some(tournament)) => Ok(EventScope::Tournament(path::tournament(tournament))),
        (Some(_), Some(_)) => {
            let detail = "name a player or a tournament, not both";
            Err(Problem::new(Code::QueryInvalid, detail))
        }
    }
}
