//! Rules that are held against the past without their lock, more than once, or by halves.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use domain::{NewBadge, PlayerId, ReviewedRule, RuleId, StandingRule};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{Recorded, RuleAdvance, Store, Transaction},
};

use super::address;

/// Reads a rule without locking it.
pub(crate) struct NoRuleLock(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for NoRuleLock {
    async fn select_standing_rule_for_update(
        &self,
        tx: &dyn Transaction,
        id: RuleId,
    ) -> Result<Option<StandingRule>, StoreError> {
        match self.0.find_rules(&[id]).await?.pop() {
            Some(committed) => Ok(Some(committed.rule)),
            // What only this transaction knows, nobody else can lock.
            None => tx.select_standing_rule_for_update(id).await,
        }
    }
}

/// Takes a review of somebody who was reviewed before for done.
pub(crate) struct ReviewsAgain;

#[async_trait]
impl Interposer for ReviewsAgain {
    async fn update_standing_rule(
        &self,
        tx: &dyn Transaction,
        advance: &RuleAdvance,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let players: Vec<_> = advance.reviews.iter().map(|it| it.player).collect();
        let rules = tx.select_reviewed_rules(&players).await?;
        let is_this = |it: &ReviewedRule| StandingRule::new(it.rule.clone()).id == advance.id;
        let reviewed = rules.into_iter().filter(|(_, rules)| rules.iter().any(is_this));
        let reviewed: BTreeSet<PlayerId> = reviewed.map(|it| it.0).collect();
        let mut rest = advance.clone();
        rest.reviews.retain(|it| !reviewed.contains(&it.player));
        tx.update_standing_rule(&rest, at).await
    }
}

/// Moves a rule on that is finished: as there is nobody left, that changes nothing.
pub(crate) struct MovesOnAnyway;

#[async_trait]
impl Interposer for MovesOnAnyway {
    async fn update_standing_rule(
        &self,
        tx: &dyn Transaction,
        advance: &RuleAdvance,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        tx.savepoint().await?;
        match tx.update_standing_rule(advance, at).await {
            Ok(()) => tx.release_savepoint().await,
            Err(StoreError::Corrupt { table: "standing_rules", .. }) => {
                tx.rollback_to_savepoint().await
            }
            Err(other) => Err(other),
        }
    }
}

/// Records how far a rule has come in one transaction, and gives its badges in another.
pub(crate) struct GivesApart {
    store: Arc<dyn Store>,
    owed: Mutex<BTreeMap<usize, (Vec<NewBadge>, Timestamp)>>,
}

impl GivesApart {
    pub(crate) fn on(store: Arc<dyn Store>) -> Self {
        Self { store, owed: Mutex::default() }
    }

    fn owed_by(&self, tx: &dyn Transaction) -> Option<(Vec<NewBadge>, Timestamp)> {
        self.owed.lock().unwrap().remove(&address(tx))
    }
}

#[async_trait]
impl Interposer for GivesApart {
    async fn insert_badges(
        &self,
        tx: &dyn Transaction,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.owed.lock().unwrap().insert(address(tx), (badges.to_vec(), at));
        Ok(vec![Recorded::New; badges.len()])
    }

    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        let owed = self.owed_by(tx.as_ref());
        tx.commit().await?;
        let Some((badges, at)) = owed else { return Ok(()) };
        let apart = self.store.begin().await?;
        apart.insert_badges(&badges, at).await?;
        apart.commit().await
    }

    fn dropped(&self, tx: Box<dyn Transaction>) {
        drop(self.owed_by(tx.as_ref()));
    }
}
