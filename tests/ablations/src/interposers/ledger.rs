//! Entries that are posted again, and balances that move by something else than entries.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use domain::{Accounts, Cause, Floor, LockOrder, NewEntry, PlayerId, TournamentId};
use interposed::Interposer;
use memory_adapter::MemoryStore;
use ports::{
    StoreError, Timestamp,
    spi::{LockedPlayer, Recorded, Store, Transaction},
};

use super::address;

/// Makes the key of a movement anew for each try.
pub(crate) struct PostsAgain(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for PostsAgain {
    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let posted = tx.insert_ledger_entries(entries, at).await?;
        let replayed: Vec<_> = replayed(entries, &posted).cloned().collect();
        if replayed.is_empty() {
            return Ok(posted);
        }
        let accounts = accounts(self.0.as_ref(), &replayed).await?;
        let anew = replayed.into_iter().map(|it| {
            let tries = accounts[&it.player].of(it.currency).seq;
            let anew = 1_000 * u32::try_from(tries + 1).unwrap_or_default();
            let cause = match it.cause {
                Cause::Award { tournament, revision } => {
                    Cause::Award { tournament, revision: anew + revision }
                }
                Cause::LevelUp { tournament, level } => {
                    Cause::LevelUp { tournament, level: anew + level }
                }
                charge @ Cause::Charge { .. } => charge,
            };
            NewEntry::new(it.player, it.currency, it.amount, cause)
        });
        tx.insert_ledger_entries(&anew.collect::<Vec<_>>(), at).await?;
        Ok(vec![Recorded::New; entries.len()])
    }
}

/// Moves the balance by what it is asked to post, and posts afterwards. The two are one step: past
/// the commit, through the second door, because no port moves a balance.
pub(crate) struct MovesFirst {
    pub(crate) door: MemoryStore,
    asked: Mutex<Vec<NewEntry>>,
}

impl MovesFirst {
    pub(crate) fn through(door: MemoryStore) -> Self {
        Self { door, asked: Mutex::default() }
    }
}

#[async_trait]
impl Interposer for MovesFirst {
    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let posted = tx.insert_ledger_entries(entries, at).await?;
        self.asked.lock().unwrap().extend(replayed(entries, &posted).cloned());
        Ok(posted)
    }

    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        tx.commit().await?;
        let moved = std::mem::take(&mut *self.asked.lock().unwrap());
        self.door.edit(|state| {
            for NewEntry { player, currency, amount, .. } in moved {
                let row = state.players.get_mut(player).unwrap();
                row.accounts.of_mut(currency).balance += amount;
            }
        });
        Ok(())
    }
}

/// Sets a balance to what its lock found and the amount, instead of adding the amount. No port sets
/// one, so the amount makes up for what has come in between.
pub(crate) struct SetsBalances {
    store: Arc<dyn Store>,
    found: Mutex<BTreeMap<usize, BTreeMap<PlayerId, Accounts>>>,
}

impl SetsBalances {
    pub(crate) fn on(store: Arc<dyn Store>) -> Self {
        Self { store, found: Mutex::default() }
    }
}

#[async_trait]
impl Interposer for SetsBalances {
    async fn select_players_for_update(
        &self,
        tx: &dyn Transaction,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        let locked = tx.select_players_for_update(players).await?;
        let accounts = |it: &LockedPlayer| Some((it.id, it.state.as_ref().ok()?.accounts));
        let accounts = locked.iter().filter_map(accounts).collect();
        self.found.lock().unwrap().insert(address(tx), accounts);
        Ok(locked)
    }

    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let now = accounts(self.store.as_ref(), entries).await?;
        let found = self.found.lock().unwrap().get(&address(tx)).cloned().unwrap_or_default();
        let set = |entry: &NewEntry| {
            let balance = |it: &Accounts| it.of(entry.currency).balance;
            let came_between = match (found.get(&entry.player), now.get(&entry.player)) {
                (Some(found), Some(now)) => balance(now) - balance(found),
                _ => 0,
            };
            NewEntry { amount: entry.amount - came_between, ..entry.clone() }
        };
        let entries: Vec<_> = entries.iter().map(set).collect();
        tx.insert_ledger_entries(&entries, at).await
    }
}

/// Lets every entry of credits take what is not there.
pub(crate) struct Overdraws;

#[async_trait]
impl Interposer for Overdraws {
    async fn insert_ledger_entries(
        &self,
        tx: &dyn Transaction,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let nowhere = TournamentId::of("nowhere");
        let overdraft = |entry: &NewEntry| NewEntry {
            // Nothing but a correction may.
            cause: Cause::Award {
                tournament: entry.cause.tournament().unwrap_or(nowhere),
                revision: entry.cause.revision().unwrap_or_default().max(1),
            },
            floor: Floor::Overdraw,
            ..entry.clone()
        };
        let overdrafts: Vec<_> = entries.iter().map(overdraft).collect();
        tx.insert_ledger_entries(&overdrafts, at).await
    }
}

fn replayed<'a>(
    entries: &'a [NewEntry],
    posted: &'a [Recorded],
) -> impl Iterator<Item = &'a NewEntry> {
    entries.iter().zip(posted).filter(|(_, it)| **it == Recorded::Replayed).map(|(entry, _)| entry)
}

/// The accounts behind `entries` as they are committed.
async fn accounts(
    store: &dyn Store,
    entries: &[NewEntry],
) -> Result<BTreeMap<PlayerId, Accounts>, StoreError> {
    let players: Vec<_> = entries.iter().map(|it| it.player).collect();
    let found = store.find_players(LockOrder::of(players).as_slice()).await?;
    Ok(found.into_iter().filter_map(|it| Some((it.id, it.state.ok()?.accounts))).collect())
}
