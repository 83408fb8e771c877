//! Freezes a tournament's plan and pays it.

use domain::{Hash256, Tournament, TournamentId, TournamentStatus};
use ports::{Actor, UnitOfWork};

use crate::{
    Distribution, Guerdon, GuerdonError, ProgressListener,
    freezing::{Freezing, Frozen, StoredPlan, settle_what_fits, store_plan},
    text,
};

/// What a caller of finalize may ask for.
#[derive(Debug, Clone, Default)]
pub struct FinalizeOptions {
    /// Pay only the plan of this hash, the one that was previewed.
    pub expected_plan: Option<Hash256>,
    /// Hears of every chunk that is paid.
    pub progress: ProgressListener,
}

impl Guerdon {
    /// Freezes the plan of a tournament whose results are in, and pays it: exactly one caller does,
    /// every other one gets [`GuerdonError::Conflict`] with what exists.
    ///
    /// A field that fits one chunk is planned, frozen and paid in one transaction. A larger one is
    /// frozen in one and paid in others; if this process dies in between,
    /// [`distribute`](Self::distribute) goes on.
    #[tracing::instrument(skip(self, options))]
    pub async fn finalize(
        &self,
        id: TournamentId,
        options: FinalizeOptions,
        actor: &Actor,
    ) -> Result<Distribution, GuerdonError> {
        text::check_actor(actor)?;
        if let Some(paid) = self.kept()? {
            return self.go_on(id, paid, &options.progress, actor).await;
        }
        let freezing = self.freezing(id, options.expected_plan, actor);
        self.freeze_and_pay("finalize", freezing, &options.progress, freeze).await
    }

    /// The answer to whoever comes second.
    pub(crate) async fn conflict<T>(&self, id: TournamentId) -> Result<T, GuerdonError> {
        self.conflict_with(&self.tournament(id).await?).await
    }

    /// The same about a row that has been read.
    pub(crate) async fn conflict_with<T>(
        &self,
        tournament: &Tournament,
    ) -> Result<T, GuerdonError> {
        Err(GuerdonError::Conflict { existing: Box::new(self.summary_of(tournament).await?) })
    }
}

async fn freeze(mut uow: UnitOfWork, freezing: Freezing) -> Result<Frozen, GuerdonError> {
    let mut tournament = uow.lock_tournament(freezing.id).await?;
    if tournament.status.is_frozen() {
        let found = Box::new(tournament.clone());
        let own = freezing.keeping.own(&uow).await?;
        return Ok(own.map_or(Frozen::Before(found), Frozen::ToDistribute));
    }
    gate(&tournament)?;
    let StoredPlan { hash, claimed } = store_plan(&tournament, &freezing).await?;
    tournament.complete(hash, &freezing.actor).await?;
    let frozen = settle_what_fits(tournament, claimed, &freezing).await?;
    freezing.keeping.commit(uow, &frozen.paid()).await?;
    Ok(frozen)
}

/// Whoever passes holds the lock, and is the only one ever to pass.
fn gate(tournament: &Tournament) -> Result<(), GuerdonError> {
    match tournament.status {
        TournamentStatus::Scheduled => Err(GuerdonError::NoResults(tournament.id)),
        TournamentStatus::Cancelled => Err(GuerdonError::Cancelled(tournament.id)),
        status => Ok(status.advance(TournamentStatus::Completed).map(drop)?),
    }
}
