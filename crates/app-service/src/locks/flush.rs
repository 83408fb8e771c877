//! From memory into the logbook.

use std::{sync::Arc, time::Duration};

use ports::{StoreError, spi::LockObservation};

use super::recorder::Sealed;
use crate::{Guerdon, GuerdonError};

/// How long what was seen of locks is kept.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// Old observations that one flush removes at most: more than one process can make between two.
const REMOVED_MAX: u32 = 100;

impl Guerdon {
    /// Writes what this process has counted of its locks into the logbook, and removes what is older
    /// than 30 days. Without locks since the last time it does nothing.
    ///
    /// What could not be written is kept and written the next time, once: nothing is counted twice,
    /// whether the answer of the store was lost or not.
    pub async fn flush_locks(&self) -> Result<(), GuerdonError> {
        let now = self.now();
        self.write_down(self.locks.unsent()).await?;
        if self.write_down(self.locks.seal(now)).await? {
            let logbook = self.store().logbook();
            logbook.delete_lock_observations(now - KEPT, REMOVED_MAX).await?;
        }
        Ok(())
    }

    /// Flushes every `period`, for ever. A store that refuses is logged: it costs some figures, and
    /// nobody a payment.
    pub async fn flush_locks_every(&self, period: Duration) -> std::convert::Infallible {
        loop {
            tokio::time::sleep(period).await;
            self.flush_locks_or_log().await;
        }
    }

    /// Flushes; a store that refuses is logged.
    pub async fn flush_locks_or_log(&self) {
        if let Err(error) = self.flush_locks().await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "the times of locks were not written down");
        }
    }

    /// Whether there was anything to write.
    async fn write_down(&self, sealed: Option<Arc<Sealed>>) -> Result<bool, GuerdonError> {
        let Some(sealed) = sealed else { return Ok(false) };
        let document = serde_json::to_string(&sealed.tally).map_err(|error| {
            StoreError::Unusable { during: "writing down locks", source: error.into() }
        })?;
        let observation = LockObservation { id: sealed.id, observed_at: sealed.at, document };
        self.store().logbook().insert_lock_observations(&[observation]).await?;
        self.locks.sent(sealed.id);
        Ok(true)
    }
}
