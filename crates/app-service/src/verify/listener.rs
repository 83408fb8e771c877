//! Whoever wants to hear of every check as it ends.

use std::{fmt, sync::Arc};

use super::CheckReport;

/// Hears of every check as it ends.
#[derive(Clone, Default)]
pub struct CheckListener(Option<Arc<Listener>>);

type Listener = dyn Fn(&CheckReport) + Send + Sync;

impl CheckListener {
    /// Calls `listener` with what became of each invariant.
    #[must_use]
    pub fn new(listener: impl Fn(&CheckReport) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(super) fn checked(&self, report: &CheckReport) {
        if let Some(listener) = &self.0 {
            listener(report);
        }
    }
}

impl fmt::Debug for CheckListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CheckListener").field(&self.0.is_some()).finish()
    }
}
