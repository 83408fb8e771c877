//! Locks that are not taken, or not in order.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use domain::{Award, AwardState, LockOrder, PlayerId, Tournament, TournamentId};
use interposed::Interposer;
use ports::{
    StoreError,
    spi::{
        AwardRecord, Claim, ClaimScope, ClaimStates, LockedPlayer, PlayerRecord, Store, Transaction,
    },
};

use super::address;

/// More awards than any test has.
const ALL: u32 = 10_000;

/// Lets those who change a tournament pass everybody else.
pub(crate) struct NoExclusiveLock(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for NoExclusiveLock {
    async fn select_tournament_for_update(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        match self.0.find_tournaments(&[id]).await?.pop() {
            Some(committed) => Ok(Some(committed)),
            // What only this transaction knows, nobody else can lock.
            None => tx.select_tournament_for_update(id).await,
        }
    }
}

/// Lets those who pay a tournament pass everybody else.
pub(crate) struct NoSharedLock(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for NoSharedLock {
    async fn select_tournament_for_share(
        &self,
        _: &dyn Transaction,
        id: TournamentId,
    ) -> Result<Option<Tournament>, StoreError> {
        Ok(self.0.find_tournaments(&[id]).await?.pop())
    }
}

/// Claims awards without locking them.
pub(crate) struct NoClaim(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for NoClaim {
    async fn select_awards_for_update(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError> {
        let (after, limit) = match claim.scope {
            ClaimScope::Next { after, limit } => (after, limit),
            ClaimScope::Player(_) => (None, 1),
        };
        let committed = self.0.list_awards(id, after, ALL).await?;
        if committed.is_empty() {
            return tx.select_awards_for_update(id, claim).await;
        }
        let awards = committed.into_iter().filter(|it| is_meant(it, claim)).map(|it| it.award);
        Ok(awards.take(limit as usize).collect())
    }
}

fn is_meant(record: &AwardRecord, claim: &Claim) -> bool {
    let in_scope = match claim.scope {
        ClaimScope::Next { .. } => true,
        ClaimScope::Player(player) => record.award.planned.player == player,
    };
    in_scope
        && match record.award.state {
            AwardState::Pending => true,
            AwardState::Failed { .. } => claim.states == ClaimStates::PendingOrFailed,
            AwardState::Applied => false,
        }
}

/// Reads players without locking them.
pub(crate) struct NoPlayerLock(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for NoPlayerLock {
    async fn select_players_for_update(
        &self,
        _: &dyn Transaction,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        let found = self.0.find_players(players.as_slice()).await?;
        let read = |PlayerRecord { id, state, .. }| LockedPlayer { id, state };
        Ok(found.into_iter().map(read).collect())
    }
}

/// Locks players one by one, in the order in which their tournament has placed them.
#[derive(Default)]
pub(crate) struct LocksAsPlaced(Mutex<BTreeMap<usize, Vec<PlayerId>>>);

#[async_trait]
impl Interposer for LocksAsPlaced {
    async fn select_awards_for_update(
        &self,
        tx: &dyn Transaction,
        id: TournamentId,
        claim: &Claim,
    ) -> Result<Vec<Award>, StoreError> {
        let awards = tx.select_awards_for_update(id, claim).await?;
        let mut placed: Vec<_> = awards.iter().map(|it| &it.planned).collect();
        placed.sort_by_key(|it| it.evidence.outcome.placement());
        let placed = placed.into_iter().map(|it| it.player).collect();
        self.0.lock().unwrap().insert(address(tx), placed);
        Ok(awards)
    }

    async fn select_players_for_update(
        &self,
        tx: &dyn Transaction,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        let placed = self.0.lock().unwrap().remove(&address(tx));
        let mut locked = Vec::new();
        for player in placed.unwrap_or_else(|| players.as_slice().to_vec()) {
            locked.extend(tx.select_players_for_update(&LockOrder::of([player])).await?);
        }
        locked.sort_by_key(|it| it.id);
        Ok(locked)
    }
}
