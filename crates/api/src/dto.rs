//! What only HTTP says: everything else is a view of the use cases, as it is.

use app_service::{Distribution, domain::Hash256};
use serde::{Deserialize, Serialize};

/// What a caller of finalize may ask for; no body asks for nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FinalizeRequest {
    /// Pay only the plan of this hash, the one that was previewed.
    pub(crate) expected_plan: Option<Hash256>,
}

/// The answer to the one caller who paid.
#[derive(Debug, Serialize)]
pub(crate) struct Finalized {
    /// Whether everybody was paid.
    pub(crate) outcome: Outcome,
    #[serde(flatten)]
    pub(crate) distribution: Distribution,
}

/// What became of a distribution.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// Nobody is left unpaid.
    Distributed,
    /// Somebody could not be paid, or is still being paid by somebody else.
    Incomplete,
}

/// The answer of the health checks.
#[derive(Debug, Serialize)]
pub(crate) struct Health {
    /// Always "ok": whatever is not is a problem.
    pub(crate) status: &'static str,
}

impl Finalized {
    pub(crate) fn of(distribution: Distribution) -> Self {
        let complete = distribution.is_complete();
        let outcome = if complete { Outcome::Distributed } else { Outcome::Incomplete };
        Self { outcome, distribution }
    }
}
