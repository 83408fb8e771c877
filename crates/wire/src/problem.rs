//! Whatever is not a success.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Charge, TournamentSummary};

/// An answer that is not a success, as RFC 9457 has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:guerdon:problem:` and the code.
    pub r#type: String,
    /// What all problems of this code have in common, for people.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What is wrong this time, for people.
    pub detail: String,
    /// What sort of problem it is, for programs. A code is for ever.
    pub code: String,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Names the request, in our logs, too.
    pub trace_id: Option<String>,
    /// All that is wrong with the request, where several things can be.
    pub errors: Vec<FieldError>,
    /// What exists, where it is the existence that is in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<Box<Existing>>,
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where in the body, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}

/// What exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Existing {
    /// A tournament.
    Tournament(TournamentSummary),
    /// A charge.
    Charge(Charge),
}
