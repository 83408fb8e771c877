//! Requests that go on while nobody waits: looked at, watched, and taken over from processes that have
//! gone away.

mod take_over;
mod watch;

use app_service::{Guerdon, RequestView, TournamentSummary, domain::RequestId};
use serde_json::Value;
use wire::{OperationAnswer, OperationProgress, OperationState, RequestOperation};

pub(crate) use self::{
    take_over::{Housekeeper, RETENTION},
    watch::{Told, Watch},
};
use crate::{
    once::{Document, Stored},
    path,
    problem::{Code, Problem},
};

/// A request as it is now.
pub(crate) async fn operation(
    guerdon: &Guerdon,
    id: RequestId,
) -> Result<RequestOperation, Problem> {
    let Some(request) = guerdon.request(id).await? else {
        let detail = format!("there is no operation {id}, or its answer is forgotten");
        return Err(Problem::new(Code::OperationUnknown, detail));
    };
    let progress = progress(guerdon, &request).await?;
    let RequestView { answer, claims, created_at, .. } = request;
    let answer = answer.as_deref().map(answered).transpose()?;
    let state = if answer.is_some() { OperationState::Answered } else { OperationState::Running };
    Ok(RequestOperation { id: *id.as_uuid(), state, claims, created_at, progress, answer })
}

/// How far the tournament is paid that an operation is about, if it exists by now.
async fn progress(
    guerdon: &Guerdon,
    request: &RequestView,
) -> Result<Option<OperationProgress>, Problem> {
    let document = request.document.as_deref();
    let document = document.and_then(|it| serde_json::from_str::<Document>(it).ok());
    let Some(id) = document.as_ref().and_then(Document::tournament).map(path::tournament) else {
        return Ok(None);
    };
    if guerdon.known_tournaments(&[id]).await?.is_empty() {
        return Ok(None);
    }
    let TournamentSummary { awards_applied, awards_pending, awards_failed, .. } =
        guerdon.summary(id).await?;
    Ok(Some(OperationProgress {
        applied: awards_applied,
        pending: awards_pending,
        failed: awards_failed,
    }))
}

fn answered(text: &str) -> Result<OperationAnswer, Problem> {
    let Stored { status, body } = Stored::read(text)?;
    Ok(OperationAnswer { status, body: serde_json::from_str(body.get()).unwrap_or(Value::Null) })
}
