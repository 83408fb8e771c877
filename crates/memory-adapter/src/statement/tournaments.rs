//! Statements about tournaments and their results.

use domain::{
    AwardState, Competitor, NewTournament, PlayerId, Policies, Standing, Tournament, TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{Recorded, TournamentChange, TournamentEvent},
};

use super::{Statement, Wanted, tournament_row};
use crate::{
    TournamentRow,
    locks::{LockKey, LockMode},
    refusal::corrupt,
};

impl Statement<'_> {
    /// LOCK-2: a tournament that is not there is not waited for, even while it is being announced.
    pub(crate) fn tournament_to_lock(&self, id: TournamentId, mode: LockMode) -> Wanted {
        self.tournament(id).map(|_| (LockKey::Tournament(id), mode)).into_iter().collect()
    }

    /// TOURNAMENT-1: two that announce one tournament wait for each other, as at a unique index.
    pub(crate) fn tournament_to_insert(&self, id: TournamentId) -> Wanted {
        match self.tournament(id) {
            Some(_) => Wanted::new(),
            None => tournament_row(id),
        }
    }

    pub(crate) fn select_tournament(&self, id: TournamentId) -> Option<Tournament> {
        self.tournament(id).map(|it| it.tournament.clone())
    }

    pub(crate) fn insert_tournament(&mut self, new: &NewTournament, at: Timestamp) -> Recorded {
        if self.tournament(new.id).is_some() {
            return Recorded::Replayed;
        }
        self.draft.tournaments.insert(new.id, TournamentRow::announced(new, at));
        Recorded::New
    }

    /// RESULTS-1
    pub(crate) fn replace_results(
        &mut self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError> {
        let row = self.tournament_mut(id).ok_or_else(unknown)?;
        row.results = standings.iter().map(|it| (it.player, it.clone())).collect();
        Ok(())
    }

    /// RESULTS-3
    pub(crate) fn insert_results(
        &mut self,
        id: TournamentId,
        standings: &[Standing],
    ) -> Result<(), StoreError> {
        let row = self.tournament_mut(id).ok_or_else(unknown)?;
        for standing in standings {
            if row.results.insert(standing.player, standing.clone()).is_some() {
                return Err(corrupt("results", "a participant is in the results once"));
            }
        }
        Ok(())
    }

    /// RESULTS-2
    pub(crate) fn select_field(
        &self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Vec<Competitor> {
        let Some(row) = self.tournament(id) else { return Vec::new() };
        row.field_page(after, limit, |player| self.baseline(player))
    }

    pub(crate) fn select_policies(&self, ids: &[TournamentId]) -> Policies {
        let policy =
            |id: &TournamentId| Some((*id, self.tournament(*id)?.tournament.policy.clone()));
        ids.iter().filter_map(policy).collect()
    }

    /// TOURNAMENT-2 to TOURNAMENT-5
    pub(crate) fn update_tournament(
        &mut self,
        change: &TournamentChange,
    ) -> Result<bool, StoreError> {
        let closing = change.event == TournamentEvent::RewardsDistributed;
        if closing && self.owes(change.tournament) {
            return Ok(false);
        }
        self.tournament_mut(change.tournament).ok_or_else(unknown)?.record(change)?;
        Ok(true)
    }

    fn owes(&self, id: TournamentId) -> bool {
        let awards = self.awards_behind(id, None);
        awards.values().any(|it| it.award.state != AwardState::Applied)
    }
}

fn unknown() -> StoreError {
    corrupt("tournaments", "a tournament that is written to exists")
}
