//! Requests that go on while nobody waits for them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// The answer to whoever does not wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Accepted {
    /// Names the operation.
    pub operation: Uuid,
}

/// A request, and how far it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RequestOperation {
    /// Names it.
    pub id: Uuid,
    /// Whether it has been answered.
    pub state: OperationState,
    /// How often it was begun, or taken over from a process that has gone away.
    pub claims: u32,
    /// When it was sent first.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// How far the tournament is paid that it is about, if it is about one.
    pub progress: Option<OperationProgress>,
    /// What it was answered with.
    pub answer: Option<OperationAnswer>,
}

/// Whether a request has been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperationState {
    /// Somebody is at it, or will take it over.
    Running,
    /// It has been answered.
    Answered,
}

/// How far a tournament is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OperationProgress {
    /// Awards that are paid.
    pub applied: u64,
    /// Awards that are waiting.
    pub pending: u64,
    /// Awards that could not be paid.
    pub failed: u64,
}

/// What a request was answered with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OperationAnswer {
    /// The status.
    pub status: u16,
    /// The body: what the route answers, or a problem.
    pub body: Value,
}
