//! Pays a tournament: 200 for the one caller who does, 409 with what exists for every other.

use app_service::{FinalizeOptions, Guerdon};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};

use crate::{
    dto::{FinalizeRequest, Finalized},
    path,
    principal::Principal,
    problem::{Code, FieldError, Problem},
};

/// Freezes the plan of a tournament and pays it.
pub(crate) async fn finalize(
    State(guerdon): State<Guerdon>,
    Path(tournament): Path<String>,
    principal: Principal,
    body: Bytes,
) -> Result<Json<Finalized>, Problem> {
    let FinalizeRequest { expected_plan } = read(&body)?;
    let options = FinalizeOptions { expected_plan, ..FinalizeOptions::default() };
    let id = path::tournament(&tournament);
    let distribution = guerdon.finalize(id, options, &principal.actor()).await?;
    Ok(Json(Finalized::of(distribution)))
}

/// Whatever its media type says, a body is JSON or nothing.
fn read(body: &[u8]) -> Result<FinalizeRequest, Problem> {
    if body.trim_ascii().is_empty() {
        return Ok(FinalizeRequest::default());
    }
    serde_json::from_slice(body).map_err(|error| {
        let detail = "send nothing, or an object with `expected_plan`, the hash of a preview";
        let whole = FieldError { pointer: String::new(), detail: error.to_string() };
        Problem::new(Code::BodyInvalid, detail).with_errors(vec![whole])
    })
}
