//! Corrections of frozen results: previewed, then paid as they were previewed.

use std::collections::BTreeSet;

use app_service::{
    Actor, CorrectedResults, Correction, Guerdon, ProgressListener,
    domain::{Hash256, TournamentId},
};
use axum::{Json, extract::State, http::StatusCode, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    CorrectionRequest, DisqualificationRequest, PreviewCorrectionRequest,
    PreviewDisqualificationRequest,
};

use super::distributions::DistributionView;
use crate::{
    Limits, Service,
    convert::{self, CorrectionView, GivenResults, hash, reading},
    headers::{IfMatchHeader, OnceHeader},
    once::Once,
    path::{self, InPath, TournamentPath},
    precondition::{IfMatch, tournament_tag},
    principal::{Role, Taking},
    problem::{Problem, body::InBody},
};

/// Changes that a preview shows. The totals count all of them.
const CHANGES_MAX: usize = 1_000;

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    let previewed = OpenApiRouter::default()
        .routes(routes!(preview_correction))
        .routes(routes!(preview_disqualification))
        .taking(Role::Operator);
    let applied = OpenApiRouter::default()
        .routes(routes!(correct))
        .routes(routes!(disqualify))
        .taking(Role::Approver);
    previewed.merge(applied).layer(limits.of_uploads())
}

/// What other results would pay, and take away.
///
/// Nothing is written. Hand the plan hash to the correction.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/corrections/preview", tag = "corrections",
    params(TournamentPath), request_body = PreviewCorrectionRequest,
    responses((status = 200, description = "What it would pay.", body = wire::CorrectionPreview)))]
async fn preview_correction(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    InBody(request): InBody<PreviewCorrectionRequest>,
) -> Result<Json<CorrectionView>, Problem> {
    let PreviewCorrectionRequest { results, on_duplicate, on_gap } = request;
    let given = GivenResults::of(&results)?;
    let reading = reading(on_duplicate, on_gap);
    let anew = CorrectedResults::Anew { results: given.results.clone(), reading };
    let preview = guerdon.preview_correction(path.tournament, &anew, CHANGES_MAX).await;
    Ok(Json(convert::correction_preview(preview.map_err(|error| given.problem(error))?)))
}

/// What it would pay, and take away, to strike somebody from the results.
///
/// Nothing is written. Hand the plan hash to the disqualification.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/disqualifications/preview",
    tag = "corrections", params(TournamentPath), request_body = PreviewDisqualificationRequest,
    responses((status = 200, description = "What it would pay.", body = wire::CorrectionPreview)))]
async fn preview_disqualification(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    InBody(request): InBody<PreviewDisqualificationRequest>,
) -> Result<Json<CorrectionView>, Problem> {
    let struck = struck(&request.players);
    let preview = guerdon.preview_correction(path.tournament, &struck, CHANGES_MAX).await?;
    Ok(Json(convert::correction_preview(preview)))
}

/// Put other results in the place of frozen ones, and pay the difference.
///
/// `If-Match` is the `ETag` of the tournament as it was seen, and the plan hash that of the preview:
/// what was previewed is paid, and nothing else. Nothing that was recorded is edited.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/corrections", tag = "corrections",
    params(TournamentPath, OnceHeader, IfMatchHeader), request_body = CorrectionRequest,
    responses((status = 200, description = "This call paid.", body = wire::Distribution)))]
async fn correct(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    seen: IfMatch,
    once: Once,
) -> Result<Response, Problem> {
    let request: CorrectionRequest = once.body()?;
    let CorrectionRequest { results, on_duplicate, on_gap, plan_hash, reason } = request;
    let expected_plan = hash("/plan_hash", &plan_hash)?;
    let given = GivenResults::of(&results)?;
    let reading = reading(on_duplicate, on_gap);
    let anew = CorrectedResults::Anew { results: given.results.clone(), reading };
    let progress = ProgressListener::default();
    let correction = Correction { results: anew, expected_plan, reason, progress };
    let id = path.tournament;
    let correct = move |guerdon: Guerdon, actor: Actor| async move {
        as_seen(&guerdon, id, &seen, expected_plan).await?;
        let paid = guerdon.correct(id, correction, &actor).await;
        Ok(DistributionView::of(paid.map_err(|error| given.problem(error))?))
    };
    once.answer(&guerdon, StatusCode::OK, correct).await
}

/// Strike somebody from frozen results, move everybody behind them up, and pay the difference.
///
/// `If-Match` is the `ETag` of the tournament as it was seen, and the plan hash that of the preview.
#[utoipa::path(post, path = "/v1/tournaments/{tournament}/disqualifications", tag = "corrections",
    params(TournamentPath, OnceHeader, IfMatchHeader), request_body = DisqualificationRequest,
    responses((status = 200, description = "This call paid.", body = wire::Distribution)))]
async fn disqualify(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<TournamentPath>,
    seen: IfMatch,
    once: Once,
) -> Result<Response, Problem> {
    let DisqualificationRequest { players, plan_hash, reason } = once.body()?;
    let expected_plan = hash("/plan_hash", &plan_hash)?;
    let (results, progress) = (struck(&players), ProgressListener::default());
    let correction = Correction { results, expected_plan, reason, progress };
    let id = path.tournament;
    let disqualify = move |guerdon: Guerdon, actor: Actor| async move {
        as_seen(&guerdon, id, &seen, expected_plan).await?;
        Ok(DistributionView::of(guerdon.correct(id, correction, &actor).await?))
    };
    once.answer(&guerdon, StatusCode::OK, disqualify).await
}

/// Refuses whoever has seen another tournament than there is. This is for people: what closes the
/// race is the plan hash, which names the revision and is compared under the tournament's lock. A
/// correction that has been made is not stale but done, and the use case says so.
async fn as_seen(
    guerdon: &Guerdon,
    id: TournamentId,
    seen: &IfMatch,
    expected_plan: Hash256,
) -> Result<(), Problem> {
    let summary = guerdon.summary(id).await?;
    if summary.plan_hash == Some(expected_plan) {
        return Ok(());
    }
    seen.check(&tournament_tag(&summary))
}

fn struck(players: &[String]) -> CorrectedResults {
    let players: BTreeSet<_> = players.iter().map(|it| path::player(it)).collect();
    CorrectedResults::Disqualified(players)
}
