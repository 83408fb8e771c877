//! Announces, cancels and archives tournaments.

use std::sync::Arc;

use domain::{NewTournament, Tournament, TournamentId, TournamentStatus};
use ports::{Actor, UnitOfWork, spi::Recorded};

use crate::{
    Guerdon, GuerdonError, TournamentSummary,
    requests::{Keeping, Told},
    text,
};

impl Guerdon {
    /// Announces a tournament. One that is known under the same name and policy stays as it is;
    /// under others it is [`GuerdonError::Differs`].
    #[tracing::instrument(skip_all, fields(tournament = %tournament.id))]
    pub async fn create_tournament(
        &self,
        tournament: NewTournament,
    ) -> Result<Recorded, GuerdonError> {
        text::check_tournament(&tournament)?;
        if let Some(Told(recorded)) = self.kept()? {
            return Ok(recorded);
        }
        let (tournament, keeping) = (Arc::new(tournament), self.keeping());
        let unit = move |uow| announce(uow, Arc::clone(&tournament), keeping.clone());
        match self.units.run("announce", unit).await? {
            Announced::Stands(recorded) => Ok(recorded),
            Announced::Differs(existing) => {
                let totals = self.store().award_totals(existing.id).await?;
                let existing = Box::new(TournamentSummary::of(&existing, totals));
                Err(GuerdonError::Differs { existing })
            }
        }
    }

    /// Calls a tournament off, before anything is frozen.
    #[tracing::instrument(skip(self))]
    pub async fn cancel(&self, id: TournamentId, actor: &Actor) -> Result<(), GuerdonError> {
        self.end(id, End::Cancelled, actor).await
    }

    /// Puts a tournament away whose rewards are distributed.
    #[tracing::instrument(skip(self))]
    pub async fn archive(&self, id: TournamentId, actor: &Actor) -> Result<(), GuerdonError> {
        self.end(id, End::Archived, actor).await
    }

    async fn end(&self, id: TournamentId, end: End, actor: &Actor) -> Result<(), GuerdonError> {
        text::check_actor(actor)?;
        if let Some(()) = self.kept()? {
            return Ok(());
        }
        let (actor, keeping) = (actor.clone(), self.keeping());
        let unit = move |uow| end.put(uow, id, actor.clone(), keeping.clone());
        self.units.run("end", unit).await
    }
}

/// What became of an announcement.
enum Announced {
    Stands(Recorded),
    /// Another one has its key.
    Differs(Box<Tournament>),
}

async fn announce(
    mut uow: UnitOfWork,
    wanted: Arc<NewTournament>,
    keeping: Keeping,
) -> Result<Announced, GuerdonError> {
    let (recorded, locked) = uow.create_tournament(&wanted).await?;
    if locked.name != wanted.name || locked.policy != wanted.policy {
        return Ok(Announced::Differs(Box::new(locked.clone())));
    }
    if let Some(Told(recorded)) = keeping.found(&uow).await? {
        return Ok(Announced::Stands(recorded));
    }
    keeping.commit(uow, &Told(recorded)).await?;
    Ok(Announced::Stands(recorded))
}

/// How a tournament ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Cancelled,
    Archived,
}

impl End {
    async fn put(
        self,
        mut uow: UnitOfWork,
        id: TournamentId,
        actor: Actor,
        keeping: Keeping,
    ) -> Result<(), GuerdonError> {
        let tournament = uow.lock_tournament(id).await?;
        let found = tournament.status;
        if found == self.status() {
            let own = keeping.own::<()>(&uow).await?;
            return own.map_or_else(|| Ok(found.advance(self.status()).map(drop)?), Ok);
        }
        match self {
            Self::Cancelled => tournament.cancel(&actor).await?,
            Self::Archived => tournament.archive(&actor).await?,
        }
        keeping.commit(uow, &()).await
    }

    fn status(self) -> TournamentStatus {
        match self {
            Self::Cancelled => TournamentStatus::Cancelled,
            Self::Archived => TournamentStatus::Archived,
        }
    }
}
