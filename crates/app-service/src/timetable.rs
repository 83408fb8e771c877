//! Finalizes tournaments at a time that was set for them.

use domain::{TournamentId, TournamentStatus};
use ports::{Actor, Timestamp, spi::Appointment};
use serde::Serialize;

use crate::{DistributeScope, FinalizeOptions, Guerdon, GuerdonError, ProgressListener, text};

/// What looking after appointments came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FinalizedDue {
    /// Tournaments that this call finalized.
    pub finalized: Vec<TournamentId>,
    /// Those that need no more: somebody else had finalized them, or called them off.
    pub settled: Vec<TournamentId>,
    /// Those whose results are not in yet; they are finalized as soon as they are.
    pub waiting: Vec<TournamentId>,
    /// Those that could not be finalized; they are tried again.
    pub unkept: Vec<UnkeptAppointment>,
}

/// A tournament that was to be finalized by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnkeptAppointment {
    /// Which.
    pub tournament: TournamentId,
    /// Why it is not.
    pub reason: String,
}

/// What became of one appointment.
enum Kept {
    Finalized,
    Settled,
    Waiting,
    Not(GuerdonError),
}

impl Guerdon {
    /// Has a tournament finalized at `at` or soon after, by whichever process
    /// [looks](Self::finalize_due) first. Another time takes the place of the one before.
    #[tracing::instrument(skip(self))]
    pub async fn finalize_at(
        &self,
        id: TournamentId,
        at: Timestamp,
        actor: &Actor,
    ) -> Result<(), GuerdonError> {
        text::check_actor(actor)?;
        let tournament = self.tournament(id).await?;
        match tournament.status {
            TournamentStatus::Cancelled => return Err(GuerdonError::Cancelled(id)),
            status if status.is_frozen() => return self.conflict_with(&tournament).await,
            _ => {}
        }
        let appointment = Appointment { tournament: id, finalize_at: at, actor: actor.clone() };
        Ok(self.store().timetable().put(&[appointment]).await?)
    }

    /// When a tournament is to be finalized, if that was said.
    pub async fn finalizes_at(&self, id: TournamentId) -> Result<Option<Timestamp>, GuerdonError> {
        let found = self.store().timetable().find(&[id]).await?;
        Ok(found.first().map(|it| it.finalize_at))
    }

    /// Takes back what was said of when to finalize; `false` if nothing was.
    #[tracing::instrument(skip(self))]
    pub async fn finalize_by_hand(&self, id: TournamentId) -> Result<bool, GuerdonError> {
        let timetable = self.store().timetable();
        let found = timetable.find(&[id]).await?;
        Ok(timetable.remove(&found).await? > 0)
    }

    /// Finalizes every tournament whose time has come. Any number of callers may do this at once, and
    /// again after any failure: whoever comes second finds it done.
    #[tracing::instrument(skip(self))]
    pub async fn finalize_due(&self) -> Result<FinalizedDue, GuerdonError> {
        let (timetable, now) = (self.store().timetable(), self.now());
        let (mut due, mut after) = (FinalizedDue::default(), None);
        loop {
            let page = timetable.list_due(now, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(due) };
            after = Some((last.finalize_at, last.tournament));
            let mut done = vec![];
            for appointment in page {
                let kept = self.keep(&appointment).await;
                if due.count(appointment.tournament, kept) {
                    done.push(appointment);
                }
            }
            timetable.remove(&done).await?;
        }
    }

    /// A process that died while it paid has left its appointment: whoever finds it pays the rest.
    async fn keep(&self, appointment: &Appointment) -> Kept {
        let Appointment { tournament: id, actor, .. } = appointment;
        match self.finalize(*id, FinalizeOptions::default(), actor).await {
            Ok(_) => Kept::Finalized,
            Err(GuerdonError::Conflict { existing })
                if existing.status == TournamentStatus::Completed =>
            {
                let (scope, silent) = (DistributeScope::Pending, ProgressListener::default());
                match self.distribute(*id, scope, &silent, actor).await {
                    Ok(_) | Err(GuerdonError::Conflict { .. }) => Kept::Settled,
                    Err(error) => Kept::Not(error),
                }
            }
            Err(
                GuerdonError::Conflict { .. }
                | GuerdonError::Cancelled(_)
                | GuerdonError::NoTournament(_),
            ) => Kept::Settled,
            Err(GuerdonError::NoResults(_)) => Kept::Waiting,
            Err(error) => Kept::Not(error),
        }
    }
}

/// Appointments that are read at once. Each is a tournament, which takes far longer than its row.
const PAGE: u32 = 100;

impl FinalizedDue {
    /// Whether the appointment has done its part.
    fn count(&mut self, tournament: TournamentId, kept: Kept) -> bool {
        match kept {
            Kept::Finalized => self.finalized.push(tournament),
            Kept::Settled => self.settled.push(tournament),
            Kept::Waiting => {
                self.waiting.push(tournament);
                return false;
            }
            Kept::Not(error) => {
                self.unkept.push(UnkeptAppointment { tournament, reason: error.to_string() });
                return false;
            }
        }
        true
    }
}
