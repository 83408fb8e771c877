//! One database transaction, and the two doors into it.

use std::{fmt, sync::Arc};

use domain::{
    LockOrder, NewPlayer, NewTournament, PlayerId, StandingRule, Tournament, TournamentId,
};

use crate::{
    Actor, Clock, LockError, Locked, Players, Shared, StoreError, Timestamp,
    lock_log::LockLog,
    observer::LockKind,
    spi::{HeldRequest, Recorded, RequestRecord, RequestWrite, Transaction},
};

/// One database transaction: committed whole, or rolled back when dropped.
///
/// It has one root: a tournament with what hangs below it, or players alone. Every way to a root
/// borrows the unit of work mutably, so that two roots cannot be held side by side, and a second
/// one after the first is refused: that is what keeps all callers in one lock order.
#[must_use = "a unit of work that is not committed is rolled back"]
pub struct UnitOfWork {
    tx: Box<dyn Transaction>,
    clock: Arc<dyn Clock>,
    // Behind the transaction, so that locks are let go once it has been dropped.
    locks: LockLog,
    rooted: bool,
}

impl UnitOfWork {
    pub(crate) fn begun(tx: Box<dyn Transaction>, clock: Arc<dyn Clock>, locks: LockLog) -> Self {
        Self { tx, clock, locks, rooted: false }
    }

    /// Locks a tournament exclusively: for freezing, closing, cancelling, replacing results.
    pub async fn lock_tournament(
        &mut self,
        id: TournamentId,
    ) -> Result<Locked<'_, Tournament>, LockError> {
        self.take_root()?;
        self.select_tournament(id).await
    }

    /// Locks a tournament shared: for applying its awards beside others who do the same, while
    /// whoever wants to change the tournament waits for all of them.
    pub async fn share_tournament(
        &mut self,
        id: TournamentId,
    ) -> Result<Locked<'_, Shared<Tournament>>, LockError> {
        self.take_root()?;
        let select = self.tx.select_tournament_for_share(id);
        let row = self.timed(LockKind::TournamentShared, select, |row| row.iter().len()).await?;
        Ok(Locked::mint(Shared(row.ok_or(LockError::NoTournament(id))?), self))
    }

    /// Announces a tournament, unless it is known, and locks it exclusively.
    pub async fn create_tournament(
        &mut self,
        tournament: &NewTournament,
    ) -> Result<(Recorded, Locked<'_, Tournament>), LockError> {
        self.take_root()?;
        let recorded = self.tx.insert_tournament(tournament, self.now()).await?;
        Ok((recorded, self.select_tournament(tournament.id).await?))
    }

    /// Locks players alone. A tournament must not be locked after them, and cannot be.
    pub async fn lock_players(
        &mut self,
        order: &LockOrder<PlayerId>,
    ) -> Result<Locked<'_, Players>, StoreError> {
        self.take_root()?;
        self.select_players(order).await
    }

    /// Registers players; those who are known stay as they are. Answers in the order of `players`.
    pub async fn register_players(
        &mut self,
        players: &[NewPlayer],
    ) -> Result<Vec<Recorded>, StoreError> {
        self.take_root()?;
        self.tx.insert_players(players, self.now()).await
    }

    /// Sets up a standing rule, unless it is known, and locks it. Its players are locked below it,
    /// and no tournament with them.
    pub async fn set_up_rule(
        &mut self,
        rule: &StandingRule,
        actor: &Actor,
    ) -> Result<Locked<'_, StandingRule>, StoreError> {
        self.take_root()?;
        let _ = self.tx.insert_standing_rule(rule, actor, self.now()).await?;
        let row = self.tx.select_standing_rule_for_update(rule.id).await?;
        let gone = StoreError::Invalid { rule: "a standing rule is never deleted" };
        Ok(Locked::mint(row.ok_or(gone)?, self))
    }

    /// Records what a request has come to with all else that is written here, and answers whether the
    /// request is still whose it was. If not, this must not be committed: somebody else does it.
    ///
    /// Requests come last in the lock order: whoever has recorded locks nothing more.
    pub async fn record_request(
        &self,
        held: &HeldRequest,
        record: String,
    ) -> Result<bool, StoreError> {
        let lease_until = held.lease_from(self.now());
        self.tx.update_request(&RequestWrite { held: *held, record, lease_until }).await
    }

    /// A request as whoever was recording to it has left it, to find out what has become of a commit
    /// without an answer. It is locked from then on, last of all.
    pub async fn lock_request(
        &self,
        held: &HeldRequest,
    ) -> Result<Option<RequestRecord>, StoreError> {
        self.tx.select_request_for_update(held.id).await
    }

    /// Makes every write durable. Consuming `self` ends the life of every [`Locked`] it gave out.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }

    /// Undoes every write, now rather than when dropped.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.tx.rollback().await
    }

    pub(crate) async fn select_players(
        &self,
        order: &LockOrder<PlayerId>,
    ) -> Result<Locked<'_, Players>, StoreError> {
        let select = self.tx.select_players_for_update(order);
        let players = self.timed(LockKind::Players, select, Vec::len).await?;
        Ok(Locked::mint(Players::of(players), self))
    }

    async fn select_tournament(
        &self,
        id: TournamentId,
    ) -> Result<Locked<'_, Tournament>, LockError> {
        let select = self.tx.select_tournament_for_update(id);
        let row = self.timed(LockKind::Tournament, select, |row| row.iter().len()).await?;
        Ok(Locked::mint(row.ok_or(LockError::NoTournament(id))?, self))
    }

    /// Waits for a lock, whose time counts.
    pub(crate) async fn timed<T>(
        &self,
        kind: LockKind,
        lock: impl Future<Output = Result<T, StoreError>>,
        rows: impl FnOnce(&T) -> usize,
    ) -> Result<T, StoreError> {
        self.locks.timed(kind, lock, rows).await
    }

    pub(crate) fn tx(&self) -> &dyn Transaction {
        self.tx.as_ref()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn take_root(&mut self) -> Result<(), StoreError> {
        if std::mem::replace(&mut self.rooted, true) {
            return Err(StoreError::Invalid { rule: "a unit of work has one root, taken once" });
        }
        Ok(())
    }
}

impl fmt::Debug for UnitOfWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnitOfWork").field("rooted", &self.rooted).finish_non_exhaustive()
    }
}
