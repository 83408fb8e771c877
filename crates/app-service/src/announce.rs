//! Announces, cancels and archives tournaments.

use domain::{NewTournament, TournamentId, TournamentStatus};
use ports::{Actor, spi::Recorded};

use crate::{Guerdon, GuerdonError, TournamentSummary, last_commit::LastCommit, text};

impl Guerdon {
    /// Announces a tournament. One that is known under the same name and policy stays as it is;
    /// under others it is [`GuerdonError::Differs`].
    #[tracing::instrument(skip_all, fields(tournament = %tournament.id))]
    pub async fn create_tournament(
        &self,
        tournament: NewTournament,
    ) -> Result<Recorded, GuerdonError> {
        text::check_tournament(&tournament)?;
        let wanted = tournament.clone();
        let unit = move |mut uow: ports::UnitOfWork| {
            let tournament = tournament.clone();
            async move {
                let (recorded, locked) = uow.create_tournament(&tournament).await?;
                let existing = (*locked).clone();
                uow.commit().await?;
                Ok::<_, GuerdonError>((recorded, existing))
            }
        };
        let (recorded, existing) = self.units.run("announce", unit).await?;
        if existing.name != wanted.name || existing.policy != wanted.policy {
            let totals = self.store().award_totals(existing.id).await?;
            let existing = Box::new(TournamentSummary::of(&existing, totals));
            return Err(GuerdonError::Differs { existing });
        }
        Ok(recorded)
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
        let (actor, last_commit) = (actor.clone(), LastCommit::default());
        let unit = move |mut uow: ports::UnitOfWork| {
            let (actor, last_commit) = (actor.clone(), last_commit.clone());
            async move {
                let tournament = uow.lock_tournament(id).await?;
                if tournament.status == end.status() && last_commit.may_have_happened() {
                    return Ok(());
                }
                match end {
                    End::Cancelled => tournament.cancel(&actor).await?,
                    End::Archived => tournament.archive(&actor).await?,
                }
                Ok::<_, GuerdonError>(last_commit.commit(uow).await?)
            }
        };
        self.units.run("end", unit).await
    }
}

/// How a tournament ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Cancelled,
    Archived,
}

impl End {
    fn status(self) -> TournamentStatus {
        match self {
            Self::Cancelled => TournamentStatus::Cancelled,
            Self::Archived => TournamentStatus::Archived,
        }
    }
}
