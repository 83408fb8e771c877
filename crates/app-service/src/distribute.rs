//! Pays the awards of a frozen plan, chunk by chunk, from wherever it was left.

use std::{fmt, sync::Arc};

use domain::{PlayerId, TournamentId, TournamentStatus};
use futures::future::try_join_all;
use ports::{
    Actor, StoreError, UnitOfWork,
    spi::{Claim, ClaimScope, ClaimStates},
};

use crate::{
    Distribution, Guerdon, GuerdonError,
    apply::{Writing, apply},
    requests::{Keeping, Paid},
    tally::Tally,
    text,
};

/// Whom to pay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DistributeScope {
    /// Everybody whom nobody has tried to pay.
    #[default]
    Pending,
    /// Those, and once more everybody who could not be paid.
    PendingAndFailed,
    /// One player, pending or failed; waits for whoever is paying that player.
    Player(PlayerId),
}

/// Hears of every chunk that is paid, with the participants it paid or failed to.
#[derive(Clone, Default)]
pub struct ProgressListener(Option<Arc<dyn Fn(u64) + Send + Sync>>);

/// One call that distributes.
struct Work<'a> {
    id: TournamentId,
    progress: &'a ProgressListener,
    paid: Paid,
}

/// What one unit of work of it claims, handed to each try.
#[derive(Clone)]
struct Claimed {
    id: TournamentId,
    claim: Claim,
    paid: Paid,
    keeping: Keeping,
}

/// A chunk that was applied.
struct Chunk {
    tally: Tally,
    last: Option<PlayerId>,
}

impl Guerdon {
    /// Pays what a frozen tournament still owes, and closes it when nothing is left. Any number of
    /// callers may do so at once, on any machine: each pays what no other has claimed.
    ///
    /// A call that finds everything paid gets [`GuerdonError::Conflict`] with what exists.
    #[tracing::instrument(skip(self, progress))]
    pub async fn distribute(
        &self,
        id: TournamentId,
        scope: DistributeScope,
        progress: &ProgressListener,
        actor: &Actor,
    ) -> Result<Distribution, GuerdonError> {
        text::check_actor(actor)?;
        if let Some(paid) = self.kept::<Tally>()? {
            let paid = scope.untried(paid);
            let (tally, _) = self.distribute_rest(id, scope, paid, progress, actor).await?;
            return Ok(tally.into_distribution(self.summary(id).await?));
        }
        let tournament = self.tournament(id).await?;
        match tournament.status {
            TournamentStatus::Completed => {
                let paid = Tally::default();
                let (tally, closing) =
                    self.distribute_rest(id, scope, paid, progress, actor).await?;
                if tally.is_empty() {
                    self.refuse_stranger(id, scope).await?;
                    if closing == Closing::ClosedBefore {
                        return self.conflict(id).await;
                    }
                }
                Ok(tally.into_distribution(self.summary(id).await?))
            }
            status if status.is_frozen() => {
                self.refuse_stranger(id, scope).await?;
                self.conflict_with(&tournament).await
            }
            TournamentStatus::Cancelled => Err(GuerdonError::Cancelled(id)),
            status => Err(GuerdonError::NotFinalized { tournament: id, status }),
        }
    }

    /// A named player who did not take part is a mistake of the caller's, not a player paid before.
    async fn refuse_stranger(
        &self,
        id: TournamentId,
        scope: DistributeScope,
    ) -> Result<(), GuerdonError> {
        let DistributeScope::Player(player) = scope else { return Ok(()) };
        let award = self.store().find_award(id, player).await?;
        award.map(drop).ok_or(GuerdonError::NoAward { tournament: id, player })
    }

    /// Works and closes until nothing is left that can be paid, and answers what has been on top of
    /// `paid`. Only the first pass takes the failed ones: whoever fails again is reported once.
    pub(crate) async fn distribute_rest(
        &self,
        id: TournamentId,
        mut scope: DistributeScope,
        paid: Tally,
        progress: &ProgressListener,
        actor: &Actor,
    ) -> Result<(Tally, Closing), GuerdonError> {
        let work = Work { id, progress, paid: Paid::on_top_of(paid) };
        loop {
            self.work(&work, scope).await?;
            let closing = self.close(&work, actor).await?;
            let again = closing == Closing::Pending && !matches!(scope, DistributeScope::Player(_));
            if !again {
                return Ok((work.paid.total().await, closing));
            }
            scope = DistributeScope::Pending;
        }
    }

    async fn work(&self, work: &Work<'_>, scope: DistributeScope) -> Result<(), GuerdonError> {
        let states = match scope {
            DistributeScope::Pending => ClaimStates::Pending,
            DistributeScope::PendingAndFailed | DistributeScope::Player(_) => {
                ClaimStates::PendingOrFailed
            }
        };
        if let DistributeScope::Player(player) = scope {
            let claim = Claim { scope: ClaimScope::Player(player), states };
            return self.apply_chunk(work, claim).await.map(drop);
        }
        // Two workers would take turns at those who fail again, and report them twice.
        let workers_max = match states {
            ClaimStates::Pending => self.settings.workers.max(1),
            ClaimStates::PendingOrFailed => 1,
        };
        let workers = (0..workers_max).map(|_| self.worker(work, states));
        try_join_all(workers).await.map(drop)
    }

    /// Claims and applies until a pass from the first player on finds nothing. A claim starts
    /// behind the last one of this worker, so that no pass reads what has been applied before.
    async fn worker(&self, work: &Work<'_>, states: ClaimStates) -> Result<(), GuerdonError> {
        let limit = self.settings.chunk();
        let mut after = None;
        loop {
            let claim = Claim { scope: ClaimScope::Next { after, limit }, states };
            let last = self.apply_chunk(work, claim).await?;
            let passed = after.is_some();
            after = last;
            if after.is_none() && (!passed || states == ClaimStates::PendingOrFailed) {
                return Ok(());
            }
        }
    }

    /// Answers the last player who was claimed.
    async fn apply_chunk(
        &self,
        work: &Work<'_>,
        claim: Claim,
    ) -> Result<Option<PlayerId>, GuerdonError> {
        let claimed =
            Claimed { id: work.id, claim, paid: work.paid.clone(), keeping: self.keeping() };
        let unit = |writing| {
            let claimed = claimed.clone();
            move |uow| apply_claim(uow, claimed.clone(), writing)
        };
        let applied = match self.units.run("apply", unit(Writing::Together)).await {
            Err(GuerdonError::Store(StoreError::Corrupt { .. })) => {
                self.units.run("apply, isolating", unit(Writing::Isolating)).await
            }
            other => other,
        };
        let Chunk { tally, last } = applied?;
        work.progress.chunk(&tally);
        Ok(last)
    }

    async fn close(&self, work: &Work<'_>, actor: &Actor) -> Result<Closing, GuerdonError> {
        let (actor, keeping) = (actor.clone(), self.keeping());
        let (id, paid) = (work.id, work.paid.total().await);
        let unit = move |uow| close(uow, id, actor.clone(), paid.clone(), keeping.clone());
        self.units.run("close", unit).await
    }
}

impl DistributeScope {
    /// What had been paid before somebody else goes on: whoever failed is tried again by those who ask
    /// for the failed ones, and reported by what becomes of that.
    fn untried(self, mut paid: Tally) -> Tally {
        if self != Self::Pending {
            paid.failed.clear();
        }
        paid
    }
}

/// What became of closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    /// Nothing is owed any more; this call closed the books.
    Closed,
    /// Somebody else had closed them.
    ClosedBefore,
    /// Somebody could not be paid.
    Failed,
    /// Somebody is still to be paid: a chunk that another worker had claimed was rolled back.
    Pending,
}

/// One chunk: the tournament shared, its next awards claimed, their players locked, all of it paid.
async fn apply_claim(
    mut uow: UnitOfWork,
    claimed: Claimed,
    writing: Writing,
) -> Result<Chunk, GuerdonError> {
    let Claimed { id, claim, paid, keeping } = claimed;
    let tournament = uow.share_tournament(id).await?;
    if tournament.status != TournamentStatus::Completed {
        drop(paid.caught_up(&uow, &keeping).await?);
        return Ok(Chunk { tally: Tally::default(), last: None });
    }
    let awards = tournament.claim_awards(&claim).await?;
    let last = awards.last_player();
    match apply(&tournament, awards, writing).await {
        Ok(tally) => {
            paid.commit(uow, &keeping, &tally).await?;
            Ok(Chunk { tally, last })
        }
        Err(error) => Err(let_go(uow, error).await),
    }
}

/// Lets go of what was claimed before whoever tries again looks for it: a claim passes over what
/// others have, and a transaction that is only dropped may have it for a while.
async fn let_go(uow: UnitOfWork, error: StoreError) -> GuerdonError {
    // What cannot be rolled back ends with its connection.
    let _ = uow.rollback().await;
    error.into()
}

/// The exclusive lock waits for every worker, so what is pending under it is claimed by nobody.
async fn close(
    mut uow: UnitOfWork,
    id: TournamentId,
    actor: Actor,
    paid: Tally,
    keeping: Keeping,
) -> Result<Closing, GuerdonError> {
    let tournament = uow.lock_tournament(id).await?;
    if tournament.status != TournamentStatus::Completed {
        let own = keeping.own::<Tally>(&uow).await?;
        return Ok(if own.is_some() { Closing::Closed } else { Closing::ClosedBefore });
    }
    let unclaimed =
        Claim { scope: ClaimScope::Next { after: None, limit: 1 }, states: ClaimStates::Pending };
    if !tournament.claim_awards(&unclaimed).await?.as_slice().is_empty() {
        return Ok(Closing::Pending);
    }
    if !tournament.mark_distributed(&actor).await? {
        return Ok(Closing::Failed);
    }
    keeping.commit(uow, &paid).await?;
    Ok(Closing::Closed)
}

impl ProgressListener {
    /// Calls `listener` with the number of participants of every chunk.
    #[must_use]
    pub fn new(listener: impl Fn(u64) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(crate) fn chunk(&self, tally: &Tally) {
        self.count(tally.applied + tally.failed.len() as u64);
    }

    pub(crate) fn count(&self, number: u64) {
        if let Some(listener) = &self.0 {
            listener(number);
        }
    }
}

impl fmt::Debug for ProgressListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ProgressListener").field(&self.0.is_some()).finish()
    }
}
