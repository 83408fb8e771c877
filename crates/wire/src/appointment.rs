//! When a tournament is to be finalized.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// When a tournament is to be finalized.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentRequest {
    /// At this moment, or soon after; once the results are in, if they are late.
    #[serde(with = "time::serde::rfc3339")]
    pub finalize_at: OffsetDateTime,
}

/// When a tournament is to be finalized, if that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Appointment {
    /// Nothing when somebody finalizes it by hand.
    #[serde(with = "time::serde::rfc3339::option")]
    pub finalize_at: Option<OffsetDateTime>,
}
