//! A claimed request in the hands of whoever has claimed it.

use std::{fmt, sync::Arc};

use domain::RequestId;
use ports::spi::{HeldRequest, RequestRecord};

/// A claimed request. Cheap to clone; good for nothing once somebody else has claimed the request.
#[derive(Clone)]
pub struct Ticket(Arc<Claim>);

struct Claim {
    held: HeldRequest,
    /// What the request had come to when it was claimed.
    record: Option<String>,
    claims: u32,
}

impl Ticket {
    pub(crate) fn of(held: HeldRequest, record: RequestRecord) -> Self {
        let RequestRecord { record, claims, .. } = record;
        Self(Arc::new(Claim { held, record, claims }))
    }

    /// Which request.
    #[must_use]
    pub fn id(&self) -> RequestId {
        self.0.held.id
    }

    /// Whether somebody has begun it before.
    #[must_use]
    pub fn is_taken_over(&self) -> bool {
        self.0.claims > 1
    }

    pub(crate) fn held(&self) -> &HeldRequest {
        &self.0.held
    }

    pub(crate) fn record(&self) -> Option<&str> {
        self.0.record.as_deref()
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").field("id", &self.id()).finish_non_exhaustive()
    }
}
