//! The lock table: who holds which row, and who waits for it. Those who wait are served in the order in
//! which they came.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::{PlayerId, RequestId, RuleId, TournamentId};
use ports::StoreError;
use tokio::sync::oneshot;

use crate::refusal::{deadlock, invalid};

/// A row that can be locked, whether it exists or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockKey {
    /// A tournament with its results and its history.
    Tournament(TournamentId),
    /// One player's award.
    Award(TournamentId, PlayerId),
    /// A player with all that the player owns.
    Player(PlayerId),
    /// A standing rule.
    Rule(RuleId),
    /// The name of a standing rule that somebody sets up: an entry of a unique index.
    RuleName(RuleId),
    /// A request that happens once.
    Request(RequestId),
}

/// How much of a row is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockMode {
    /// Beside others who share.
    Shared,
    /// Alone.
    Exclusive,
}

/// A transaction, by the number under which it began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner(pub(crate) u64);

/// What became of a request.
#[derive(Debug)]
pub(crate) enum Asked {
    /// The owner holds the row.
    Granted,
    /// The owner will hold the row once this is sent.
    Queued(oneshot::Receiver<()>),
}

/// Who holds which row, and who waits for it.
///
/// An owner waits for one row at a time, as a connection runs one statement at a time.
#[derive(Debug, Default)]
pub(crate) struct LockTable {
    queues: BTreeMap<LockKey, Queue>,
    waits: BTreeMap<Owner, LockKey>,
}

#[derive(Debug, Default)]
struct Queue {
    holders: BTreeMap<Owner, LockMode>,
    waiting: VecDeque<Waiter>,
}

#[derive(Debug)]
struct Waiter {
    owner: Owner,
    mode: LockMode,
    granted: oneshot::Sender<()>,
}

impl LockTable {
    /// Grants the row now, or puts `owner` at the end of its queue. Refuses whoever would close a
    /// circle of waiting owners.
    pub(crate) fn ask(
        &mut self,
        owner: Owner,
        key: LockKey,
        mode: LockMode,
    ) -> Result<Asked, StoreError> {
        let queue = self.queues.entry(key).or_default();
        if queue.grant(owner, mode)? {
            return Ok(Asked::Granted);
        }
        if self.waits_for(key, owner) {
            return Err(deadlock());
        }
        let (granted, receiver) = oneshot::channel();
        self.waits.insert(owner, key);
        self.queues.entry(key).or_default().waiting.push_back(Waiter { owner, mode, granted });
        Ok(Asked::Queued(receiver))
    }

    /// Takes the row exclusively if that needs no waiting.
    pub(crate) fn take_if_free(&mut self, owner: Owner, key: LockKey) -> bool {
        let queue = self.queues.entry(key).or_default();
        queue.grant(owner, LockMode::Exclusive).unwrap_or(false)
    }

    /// Takes `owner` out of the queue in which it waits. What it has been granted, it keeps.
    pub(crate) fn stop_waiting(&mut self, owner: Owner) {
        let Some(key) = self.waits.remove(&owner) else { return };
        if let Some(queue) = self.queues.get_mut(&key) {
            queue.waiting.retain(|it| it.owner != owner);
        }
        self.serve(key);
    }

    /// Lets go of everything that `owner` holds or waits for.
    pub(crate) fn release(&mut self, owner: Owner) {
        self.stop_waiting(owner);
        let held = self.queues.iter_mut().filter_map(|(key, queue)| {
            let mode = queue.holders.remove(&owner);
            mode.map(|_| *key)
        });
        for key in held.collect::<Vec<_>>() {
            self.serve(key);
        }
    }

    /// Lets go of one row, before the end of its owner.
    pub(crate) fn let_go(&mut self, owner: Owner, key: LockKey) {
        if let Some(queue) = self.queues.get_mut(&key) {
            queue.holders.remove(&owner);
        }
        self.serve(key);
    }

    /// How many owners wait for a row.
    pub(crate) fn waiting(&self) -> usize {
        self.waits.len()
    }

    /// The rows that `owner` holds.
    pub(crate) fn held_by(&self, owner: Owner) -> BTreeMap<LockKey, LockMode> {
        let held = self.queues.iter().map(|(key, queue)| (*key, queue.holders.get(&owner)));
        held.filter_map(|(key, mode)| Some((key, *mode?))).collect()
    }

    /// The row that `owner` waits for, and how many wait before it.
    pub(crate) fn place_of(&self, owner: Owner) -> Option<(LockKey, usize)> {
        let key = self.waits.get(&owner)?;
        let place = self.queues.get(key)?.waiting.iter().position(|it| it.owner == owner)?;
        Some((*key, place))
    }

    /// Grants the row to those at the head of its queue, as far as they go together.
    fn serve(&mut self, key: LockKey) {
        let Some(queue) = self.queues.get_mut(&key) else { return };
        while let Some(next) = queue.waiting.pop_front_if(|it| admits(&queue.holders, it.mode)) {
            queue.holders.insert(next.owner, next.mode);
            self.waits.remove(&next.owner);
            // Nobody listens when the waiting statement is being dropped right now; its transaction
            // holds the row all the same, and lets go of it when it ends.
            let _ = next.granted.send(());
        }
        if queue.holders.is_empty() {
            self.queues.remove(&key);
        }
    }

    /// Whether the last one in the queue of `key` would wait, at the end of some chain, for `owner`.
    ///
    /// Only a new waiter can close a circle: departures add nobody to wait for, and whoever is granted
    /// a row that others wait for waits for nobody.
    fn waits_for(&self, key: LockKey, owner: Owner) -> bool {
        let mut seen = BTreeSet::new();
        let mut ahead = self.ahead_in(key, None);
        while let Some(next) = ahead.pop() {
            if next == owner {
                return true;
            }
            if let Some(key) = self.waits.get(&next).filter(|_| seen.insert(next)) {
                ahead.extend(self.ahead_in(*key, Some(next)));
            }
        }
        false
    }

    /// Whoever must be served or let go before `waiter`, or before somebody at the end of the queue.
    fn ahead_in(&self, key: LockKey, waiter: Option<Owner>) -> Vec<Owner> {
        let Some(queue) = self.queues.get(&key) else { return Vec::new() };
        let waiting = queue.waiting.iter().map(|it| it.owner);
        let ahead = waiting.take_while(|it| Some(*it) != waiter);
        queue.holders.keys().copied().chain(ahead).collect()
    }
}

impl Queue {
    /// Makes `owner` a holder unless somebody is in the way.
    fn grant(&mut self, owner: Owner, mode: LockMode) -> Result<bool, StoreError> {
        match (self.holders.get(&owner), mode) {
            (Some(LockMode::Exclusive), _) | (Some(LockMode::Shared), LockMode::Shared) => Ok(true),
            (Some(LockMode::Shared), LockMode::Exclusive) => {
                Err(invalid("a shared lock is never made exclusive"))
            }
            (None, _) if self.takes(mode) => {
                self.holders.insert(owner, mode);
                Ok(true)
            }
            (None, _) => Ok(false),
        }
    }

    /// Whether somebody who has just come has the row at once. As in PostgreSQL, whoever joins those
    /// who share it overtakes whoever waits for all of them to go.
    fn takes(&self, mode: LockMode) -> bool {
        let joins = mode == LockMode::Shared || self.waiting.is_empty();
        joins && admits(&self.holders, mode)
    }
}

fn admits(holders: &BTreeMap<Owner, LockMode>, mode: LockMode) -> bool {
    let shared = mode == LockMode::Shared && holders.values().all(|it| *it == LockMode::Shared);
    holders.is_empty() || shared
}
