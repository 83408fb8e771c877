//! Commits, and keeps what came of it: with a request where one is carried, and from one try to the
//! next where the answer to a commit never came.

use ports::{StoreError, UnitOfWork};
use serde::{Serialize, de::DeserializeOwned};

use super::{Ticket, unreadable};
use crate::{GuerdonError, last_commit::LastCommit};

/// Keeps what the tries of one unit of work come to. Without a request it costs no statement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keeping {
    request: Option<Ticket>,
    last_commit: LastCommit,
}

impl Keeping {
    pub(crate) fn of(request: Option<Ticket>) -> Self {
        Self { request, last_commit: LastCommit::default() }
    }

    /// Whether a request is carried.
    pub(crate) fn is_keyed(&self) -> bool {
        self.request.is_some()
    }

    /// Commits, and records in the same transaction what the request has come to by now. Whoever has
    /// lost the request commits nothing.
    pub(crate) async fn commit<T: Serialize + Sync>(
        &self,
        uow: UnitOfWork,
        come_to: &T,
    ) -> Result<(), GuerdonError> {
        if let Some(request) = &self.request {
            let record = serde_json::to_string(come_to).map_err(unreadable)?;
            let recorded = uow.record_request(request.held(), record).await;
            if !matches!(recorded, Ok(true)) {
                // What cannot be rolled back ends with its connection.
                let _ = uow.rollback().await;
                recorded?;
                return Err(GuerdonError::RequestLost(request.id()));
            }
        }
        Ok(self.last_commit.commit(uow).await?)
    }

    /// What an earlier try has recorded whose commit was not answered. Whoever asks locks nothing
    /// more afterwards.
    pub(crate) async fn found<T: DeserializeOwned>(
        &self,
        uow: &UnitOfWork,
    ) -> Result<Option<T>, GuerdonError> {
        let request = self.request.as_ref().filter(|_| self.is_unanswered());
        let Some(request) = request else { return Ok(None) };
        let found = uow.lock_request(request.held()).await?;
        let ours = found.filter(|it| it.token == request.held().token);
        let record = ours.and_then(|it| it.record);
        // What was there before this call has been gone on from.
        let record = record.filter(|it| Some(it.as_str()) != request.record());
        Ok(record.map(|it| read(&it)).transpose()?)
    }

    /// Whether the work that is found done may be that of an earlier try, and nobody can tell.
    pub(crate) fn is_in_doubt(&self) -> bool {
        self.request.is_none() && self.is_unanswered()
    }

    /// Whether an earlier try may have committed.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.last_commit.may_have_happened()
    }

    /// What an earlier try has come to, as far as anybody can tell.
    pub(crate) async fn own<T: DeserializeOwned + Default>(
        &self,
        uow: &UnitOfWork,
    ) -> Result<Option<T>, GuerdonError> {
        if self.is_in_doubt() {
            return Ok(Some(T::default()));
        }
        self.found(uow).await
    }
}

/// A record as it was written down.
pub(super) fn read<T: DeserializeOwned>(record: &str) -> Result<T, StoreError> {
    serde_json::from_str(record).map_err(unreadable)
}
