//! Players: registered, listed, shown.

use app_service::{
    Guerdon, PlayerView, Recorded,
    domain::{NewPlayer, PlayerId},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{Page, RegisterRequest};

use crate::{
    Limits, Service,
    headers::OnceHeader,
    once::Once,
    paging::{PageQuery, Paged},
    path::{InPath, PlayerPath},
    principal::{Role, Taking},
    problem::{Code, Problem},
    query::Asked,
};

/// Players that one request may register.
const PLAYERS_MAX: usize = 10_000;

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let seen = OpenApiRouter::default()
        .routes(routes!(list_players))
        .routes(routes!(show_player))
        .taking(Role::Viewer);
    let registered =
        OpenApiRouter::default().routes(routes!(register_players)).taking(Role::Operator);
    seen.merge(registered).layer(limits.of_uploads())
}

#[derive(Debug, Serialize)]
struct RegisteredView {
    players: Vec<RegisteredPlayerView>,
}

#[derive(Debug, Serialize)]
struct RegisteredPlayerView {
    id: PlayerId,
    key: String,
    replayed: bool,
}

/// All players, ascending by id, with everything that they own.
#[utoipa::path(get, path = "/v1/players", tag = "players", params(PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Player>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_players(
    State(guerdon): State<Guerdon>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<PlayerView>, Problem> {
    let paging = query.of("players")?;
    let found = guerdon.players(paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.id))
}

/// Register players.
///
/// Those who are known stay as they are. When one of them cannot be called so, nobody is registered.
#[utoipa::path(post, path = "/v1/players", tag = "players", params(OnceHeader),
    request_body = RegisterRequest,
    responses((status = 200, description = "They are registered.", body = wire::Registered)))]
async fn register_players(State(guerdon): State<Guerdon>, once: Once) -> Result<Response, Problem> {
    let RegisterRequest { players } = once.body()?;
    if players.len() > PLAYERS_MAX {
        let detail = format!("{} players at once: {PLAYERS_MAX} are taken", players.len());
        return Err(Problem::new(Code::TooManyAtOnce, detail));
    }
    let players: Vec<_> = players.into_iter().map(|it| NewPlayer::new(it.key, it.name)).collect();
    let register = move |guerdon: Guerdon, _| async move {
        let recorded = guerdon.register_players(&players).await?;
        let players = players.into_iter().zip(recorded).map(RegisteredPlayerView::of);
        Ok(RegisteredView { players: players.collect() })
    };
    once.answer(&guerdon, StatusCode::OK, register).await
}

/// Everything that a player owns: balances, level, skills and badges.
#[utoipa::path(get, path = "/v1/players/{player}", tag = "players", params(PlayerPath),
    responses((status = 200, description = "The player.", body = wire::Player)))]
async fn show_player(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
) -> Result<Json<PlayerView>, Problem> {
    Ok(Json(guerdon.profile(path.player).await?))
}

impl RegisteredPlayerView {
    fn of((player, recorded): (NewPlayer, Recorded)) -> Self {
        Self { id: player.id, key: player.key, replayed: recorded == Recorded::Replayed }
    }
}
