//! Transactions that are two, that come back to life, or whose end is misunderstood.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use domain::{Award, NewEntry, TournamentId};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp, TransientCause,
    spi::{AwardOutcome, Claim, Recorded, Store, Transaction},
};

use super::address;

/// Claims and marks awards in one transaction, and pays them in another. For one caller at a time.
pub(crate) struct MarksApart {
    store: Arc<dyn Store>,
    claims: Mutex<BTreeMap<usize, Box<dyn Transaction>>>,
}

impl MarksApart {
    pub(crate) fn on(store: Arc<dyn Store>) -> Self {
        Self { store, claims: Mutex::default() }
    }

    fn claim_of(&self, tx: &dyn Transaction) -> Option<Box<dyn Transaction>> {
        self.claims.lock().unwrap().remove(&address(tx))
    }
}

#[async_trait]
impl Interposer for MarksApart {
    async fn select_awards_for_update(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError> {
        let apart = self.store.begin().await?;
        let awards = apart.select_awards_for_update(id, claim).await?;
        self.claims.lock().unwrap().insert(address(tx), apart);
        Ok(awards)
    }

    async fn update_awards(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        outcomes: &[AwardOutcome],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(apart) = self.claim_of(tx) else {
            return tx.update_awards(id, outcomes, at).await;
        };
        apart.update_awards(id, outcomes, at).await?;
        apart.commit().await
    }

    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        drop(self.claim_of(tx.as_ref()));
        tx.commit().await
    }

    fn dropped(&self, tx: Box<dyn Transaction>) {
        drop(self.claim_of(tx.as_ref()));
    }
}

/// Goes on after a refused entry as if it had not been asked.
pub(crate) struct RevivesAfterRefusal;

#[async_trait]
impl Interposer for RevivesAfterRefusal {
    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        tx.savepoint().await?;
        let posted = tx.insert_ledger_entries(entries, at).await;
        match posted {
            Ok(_) => tx.release_savepoint().await?,
            Err(_) => tx.rollback_to_savepoint().await?,
        }
        posted
    }
}

/// Takes silence for consent.
pub(crate) struct SilenceIsConsent;

#[async_trait]
impl Interposer for SilenceIsConsent {
    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        match tx.commit().await {
            Err(StoreError::CommitUnknown { .. }) => Ok(()),
            other => other,
        }
    }
}

/// Takes silence for a lost race, so that nobody remembers having sent a commit.
pub(crate) struct SilenceIsRefusal;

#[async_trait]
impl Interposer for SilenceIsRefusal {
    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        match tx.commit().await {
            Err(StoreError::CommitUnknown { source }) => {
                let cause = TransientCause::ConnectionLost;
                Err(StoreError::Transient { cause, during: "commit", source })
            }
            other => other,
        }
    }
}

/// Has no savepoints, and says that it has.
pub(crate) struct NoSavepoints;

#[async_trait]
impl Interposer for NoSavepoints {
    async fn savepoint(&self, _: &dyn Transaction) -> Result<(), StoreError> {
        Ok(())
    }

    async fn rollback_to_savepoint(&self, _: &dyn Transaction) -> Result<(), StoreError> {
        Ok(())
    }

    async fn release_savepoint(&self, _: &dyn Transaction) -> Result<(), StoreError> {
        Ok(())
    }
}
