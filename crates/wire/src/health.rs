//! The answer of the health checks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All is well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// Always "ok": whatever is not is a problem.
    pub status: String,
}
