//! Tournaments: announced, shown, called off, put away.

use app_service::{
    Actor, Guerdon, Recorded, TournamentSummary,
    domain::{Hash256, NewTournament, RewardPolicy, Tournament, TournamentId, TournamentStatus},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, Uri, header},
    response::Response,
};
use serde::Serialize;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{AnnounceRequest, Page};

use crate::{
    Limits, Service,
    headers::{IfNoneMatchHeader, OnceHeader},
    once::Once,
    paging::{PageQuery, Paged},
    path::{InPath, TournamentPath},
    precondition::{IfNoneMatch, Tagged, tournament_tag},
    principal::{Role, Taking},
    problem::{Code, FieldError, Problem},
    query::Asked,
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let seen = OpenApiRouter::default()
        .routes(routes!(list_tournaments))
        .routes(routes!(show_tournament))
        .routes(routes!(show_policy))
        .taking(Role::Viewer);
    let announced =
        OpenApiRouter::default().routes(routes!(announce_tournament)).taking(Role::Operator);
    let ended = OpenApiRouter::default()
        .routes(routes!(cancel_tournament))
        .routes(routes!(archive_tournament))
        .taking(Role::Approver);
    seen.merge(announced).merge(ended).layer(limits.of_bodies())
}

/// A tournament in a list.
#[derive(Debug, Serialize)]
struct TournamentView {
    id: TournamentId,
    key: String,
    name: String,
    status: TournamentStatus,
    policy_version: u32,
    revision: u32,
    field_size: u32,
    results_hash: Option<Hash256>,
    plan_hash: Option<Hash256>,
}

/// A tournament that is announced.
#[derive(Debug, Serialize)]
struct AnnouncedView {
    replayed: bool,
    tournament: TournamentSummary,
}

/// All tournaments, ascending by id.
#[utoipa::path(get, path = "/v1/tournaments", tag = "tournaments", params(PageQuery),
    responses((status = 200, description = "One page.", body = Page<wire::Tournament>,
        headers(("Link" = String, description = "The next page, if there is one.")))))]
async fn list_tournaments(
    State(guerdon): State<Guerdon>,
    Asked(query): Asked<PageQuery>,
    uri: Uri,
) -> Result<Paged<TournamentView>, Problem> {
    let paging = query.of("tournaments")?;
    let found = guerdon.tournaments(paging.after, paging.rows()).await?;
    Ok(paging.page(&uri, found, |it| it.id).map(TournamentView::of))
}

/// Announce a tournament.
///
/// One that is known under the same name and policy stays as it is.
#[utoipa::path(post, path = "/v1/tournaments", tag = "tournaments", params(OnceHeader),
    request_body = AnnounceRequest,
    responses((status = 201, description = "It is announced.", body = wire::Announced,
        headers(("Location" = String, description = "The path of the tournament.")))))]
async fn announce_tournament(
    State(guerdon): State<Guerdon>,
    once: Once,
) -> Result<Response, Problem> {
    let AnnounceRequest { key, name, policy } = once.body()?;
    let policy = policy.map(read_policy).transpose()?.unwrap_or_else(RewardPolicy::standard);
    let tournament = NewTournament::new(key, name).with_policy(policy);
    let location = format!("/v1/tournaments/{}", tournament.id);
    let announce = move |guerdon: Guerdon, _| async move {
        let id = tournament.id;
        let recorded = guerdon.create_tournament(tournament).await?;
        let tournament = guerdon.summary(id).await?;
        Ok(AnnouncedView { replayed: recorded == Recorded::Replayed, tournament })
    };
    let mut answer = once.answer(&guerdon, StatusCode::CREATED, announce).await?;
    if let Ok(location) = HeaderValue::try_from(location) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    Ok(answer)
}

/// A tournament with everything that has been paid for it.
#[utoipa::path(get, path = "/v1/tournaments/{tournament}", tag = "tournaments",
    params(TournamentPath, IfNoneMatchHeader),
    responses(
        (status = 200, description = "The tournament.", body = wire::TournamentSummary,
            headers(("ETag" = String, description = "Names the tournament as it is now."))),
        (status = 304, description = "It is as it was seen."),
    ))]
async fn show_tournament(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    seen: IfNoneMatch,
) -> Result<Tagged<TournamentSummary>, Problem> {
    let summary = guerdon.summary(path.tournament).await?;
    Ok(Tagged { etag: tournament_tag(&summary), seen, body: summary })
}

/// What a tournament's placements are worth, as a document with every section.
#[utoipa::path(get, path = "/v1/tournaments/{tournament}/policy", tag = "tournaments",
    params(TournamentPath, IfNoneMatchHeader),
    responses(
        (status = 200, description = "The policy.", body = Object,
            headers(("ETag" = String, description = "Names the policy."))),
        (status = 304, description = "It is as it was seen."),
    ))]
async fn show_policy(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    seen: IfNoneMatch,
) -> Result<Tagged<Value>, Problem> {
    let policy = guerdon.tournament(path.tournament).await?.policy;
    Ok(Tagged { etag: format!("\"{}\"", policy.hash()), seen, body: policy.to_document() })
}

/// Call a tournament off, before anything is frozen.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/cancel", tag = "tournaments",
    params(TournamentPath, OnceHeader),
    responses((status = 200, description = "It is called off.", body = wire::TournamentSummary)))]
async fn cancel_tournament(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    once: Once,
) -> Result<Response, Problem> {
    let id = path.tournament;
    let cancel = move |guerdon: Guerdon, actor: Actor| async move {
        guerdon.cancel(id, &actor).await?;
        Ok(guerdon.summary(id).await?)
    };
    once.answer(&guerdon, StatusCode::OK, cancel).await
}

/// Put a tournament away whose rewards are distributed.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/archive", tag = "tournaments",
    params(TournamentPath, OnceHeader),
    responses((status = 200, description = "It is put away.", body = wire::TournamentSummary)))]
async fn archive_tournament(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    once: Once,
) -> Result<Response, Problem> {
    let id = path.tournament;
    let archive = move |guerdon: Guerdon, actor: Actor| async move {
        guerdon.archive(id, &actor).await?;
        Ok(guerdon.summary(id).await?)
    };
    once.answer(&guerdon, StatusCode::OK, archive).await
}

fn read_policy(policy: wire::Policy) -> Result<RewardPolicy, Problem> {
    RewardPolicy::from_document(&Value::Object(policy)).map_err(|problems| {
        let detail = format!("the policy has {} problem(s)", problems.len());
        let errors = problems.into_iter().map(|it| FieldError {
            pointer: format!("/policy{}", it.pointer.trim_end_matches('/')),
            detail: format!("{}; {}", it.problem, it.advice),
        });
        Problem::new(Code::PolicyInvalid, detail).with_errors(errors.collect())
    })
}

impl TournamentView {
    fn of(tournament: Tournament) -> Self {
        Self {
            id: tournament.id,
            key: tournament.key,
            name: tournament.name,
            status: tournament.status,
            policy_version: tournament.policy.version(),
            revision: tournament.revision,
            field_size: tournament.field_size,
            results_hash: tournament.results_hash,
            plan_hash: tournament.plan_hash,
        }
    }
}
