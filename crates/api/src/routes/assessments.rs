//! What coaches say of a player.

use app_service::{
    Guerdon, Recorded,
    domain::{Assessment, AssessmentId, PlayerId, SkillName, Tenths},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::AssessRequest;

use crate::{
    Limits, Service,
    headers::OnceHeader,
    once::Once,
    path::{InPath, PlayerPath},
    principal::{Role, Taking},
    problem::{Code, FieldError, Problem},
};

pub(super) fn router(limits: Limits) -> OpenApiRouter<Service> {
    OpenApiRouter::default()
        .routes(routes!(assess))
        .taking(Role::Operator)
        .layer(limits.of_uploads())
}

#[derive(Debug, Serialize)]
struct AssessedView {
    replayed: Vec<bool>,
}

/// Record what coaches say of a player, all of it or nothing.
///
/// It moves the assessed value of a skill, and never a level. What an assessor says again of one skill
/// on one occasion is nothing new.
#[utoipa::path(post, path = "/v1/players/{player}/assessments", tag = "players",
    params(PlayerPath, OnceHeader), request_body = AssessRequest,
    responses((status = 200, description = "It is recorded.", body = wire::Assessed)))]
async fn assess(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    once: Once,
) -> Result<Response, Problem> {
    let request: AssessRequest = once.body()?;
    let assessments = assessments(path.player, &request.assessments)?;
    let assess = move |guerdon: Guerdon, _| async move {
        let recorded = guerdon.assess_all(&assessments).await?;
        let replayed = recorded.iter().map(|it| *it == Recorded::Replayed).collect();
        Ok(AssessedView { replayed })
    };
    once.answer(&guerdon, StatusCode::OK, assess).await
}

fn assessments(player: PlayerId, given: &[wire::Assessment]) -> Result<Vec<Assessment>, Problem> {
    let (mut read, mut errors) = (vec![], vec![]);
    for (index, it) in given.iter().enumerate() {
        match assessment(player, it) {
            Ok(it) => read.push(it),
            Err((field, detail)) => {
                errors
                    .push(FieldError { pointer: format!("/assessments/{index}/{field}"), detail });
            }
        }
    }
    if errors.is_empty() {
        return Ok(read);
    }
    let detail = format!("the batch has {} problem(s)", errors.len());
    Err(Problem::new(Code::AssessmentsInvalid, detail).with_errors(errors))
}

fn assessment(
    player: PlayerId,
    given: &wire::Assessment,
) -> Result<Assessment, (&'static str, String)> {
    let skill = SkillName::new(&given.skill).map_err(|it| ("skill", it.to_string()))?;
    Ok(Assessment {
        id: AssessmentId::on(&given.occasion, &given.assessor, &skill),
        player,
        skill,
        percentage: percentage(given.percentage)?,
        assessor: given.assessor.clone(),
    })
}

/// A number that has more decimals is refused, because the one that was recorded would be another.
fn percentage(given: f64) -> Result<Tenths, (&'static str, String)> {
    let fault = || ("percentage", "use 0.0 to 100.0, with one decimal".to_owned());
    if !(0.0..=100.0).contains(&given) {
        return Err(fault());
    }
    let tenths = Tenths::rounded(given);
    #[expect(clippy::float_cmp, reason = "a number with one decimal is exactly the nearest one")]
    let exact = tenths.as_f64() == given;
    if exact { Ok(tenths) } else { Err(fault()) }
}
