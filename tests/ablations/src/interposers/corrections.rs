//! Corrections that forget what was paid, or take things away too late.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use domain::{Award, Cause, NewBadge, NewEntry, PlannedAward, TournamentId};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{Claim, CorrectionRef, Recorded, Store, Transaction},
};

use super::address;

/// Posts what a correction pays under the key of the first plan.
pub(crate) struct KeysWithoutRevision;

#[async_trait]
impl Interposer for KeysWithoutRevision {
    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let first = |entry: &NewEntry| match entry.cause {
            Cause::Award { tournament, .. } => {
                let cause = Cause::Award { tournament, revision: 0 };
                let NewEntry { player, currency, amount, .. } = *entry;
                NewEntry { floor: entry.floor, ..NewEntry::new(player, currency, amount, cause) }
            }
            _ => entry.clone(),
        };
        let entries: Vec<_> = entries.iter().map(first).collect();
        tx.insert_ledger_entries(&entries, at).await
    }
}

/// Claims awards without saying what was paid for them.
pub(crate) struct ForgetsWhatWasPaid;

#[async_trait]
impl Interposer for ForgetsWhatWasPaid {
    async fn select_awards_for_update(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError> {
        let mut awards = tx.select_awards_for_update(id, claim).await?;
        for award in &mut awards {
            award.paid = None;
        }
        Ok(awards)
    }
}

/// Makes every award pending, also where the new plan is the old one: it is planned otherwise first.
pub(crate) struct PlansAnew(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for PlansAnew {
    async fn upsert_awards(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError> {
        let mut otherwise = Vec::new();
        for award in awards {
            if self.0.find_award(id, award.player).await?.is_some() {
                let mut other = award.clone();
                other.reward.credits += 1;
                otherwise.push(other);
            }
        }
        tx.upsert_awards(id, revision, &otherwise).await?;
        tx.upsert_awards(id, revision, awards).await
    }
}

/// Takes badges away once others have been awarded.
#[derive(Default)]
pub(crate) struct AwardsFirst(Mutex<BTreeMap<usize, Revocation>>);

/// What is still to be taken away.
type Revocation = (Vec<NewBadge>, CorrectionRef, Timestamp);

impl AwardsFirst {
    async fn catch_up(&self, tx: &dyn Transaction) -> Result<(), StoreError> {
        let late = self.0.lock().unwrap().remove(&address(tx));
        match late {
            Some((badges, by, at)) => tx.revoke_badges(&badges, by, at).await,
            None => Ok(()),
        }
    }
}

#[async_trait]
impl Interposer for AwardsFirst {
    async fn revoke_badges(
        &self,
        tx: &dyn Transaction,
        badges: &[NewBadge],
        by: CorrectionRef,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.0.lock().unwrap().insert(address(tx), (badges.to_vec(), by, at));
        Ok(())
    }

    async fn insert_badges(
        &self,
        tx: &dyn Transaction,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let recorded = tx.insert_badges(badges, at).await?;
        self.catch_up(tx).await?;
        Ok(recorded)
    }

    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        self.catch_up(tx.as_ref()).await?;
        tx.commit().await
    }

    fn dropped(&self, tx: Box<dyn Transaction>) {
        self.0.lock().unwrap().remove(&address(tx.as_ref()));
    }
}
