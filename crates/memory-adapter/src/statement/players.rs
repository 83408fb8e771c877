//! Statements about players and what they own.

use std::collections::BTreeMap;

use domain::{
    Assessment, Career, LevelUp, LockOrder, NewBadge, NewEntry, NewPlayer, PlayerEvent, PlayerId,
    TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{
        CorrectionRef, HeardSkills, LockedPlayer, NewStep, Recorded, RetakenSteps, ToldProgress,
    },
};

use super::{Statement, Wanted, player_rows};
use crate::{PlayerRow, refusal::corrupt};

impl Statement<'_> {
    /// LOCK-6: players who are not there are not waited for, even while they are being registered.
    pub(crate) fn players_to_lock(&self, players: &LockOrder<PlayerId>) -> Wanted {
        let known = players.as_slice().iter().filter(|it| self.player(**it).is_some());
        player_rows(known.copied())
    }

    /// PLAYER-1: those who register one player wait for each other, as at a unique index, and in
    /// ascending order, so that they never deadlock.
    pub(crate) fn players_to_insert(&self, players: &[NewPlayer]) -> Wanted {
        player_rows(players.iter().map(|it| it.id).filter(|it| self.player(*it).is_none()))
    }

    pub(crate) fn insert_players(&mut self, players: &[NewPlayer], at: Timestamp) -> Vec<Recorded> {
        let insert = |new: &NewPlayer| {
            if self.player(new.id).is_some() {
                return Recorded::Replayed;
            }
            self.draft.players.insert(new.id, PlayerRow::registered(new, at));
            Recorded::New
        };
        players.iter().map(insert).collect()
    }

    pub(crate) fn select_players(&self, players: &LockOrder<PlayerId>) -> Vec<LockedPlayer> {
        let read = |id: &PlayerId| {
            self.player(*id).map(|row| LockedPlayer { id: *id, state: row.read(*id) })
        };
        players.as_slice().iter().filter_map(read).collect()
    }

    pub(crate) fn insert_ledger_entries(
        &mut self,
        entries: &[NewEntry],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        entries.iter().map(|it| self.owner_of(it.player)?.post(it, at)).collect()
    }

    pub(crate) fn insert_badges(
        &mut self,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        badges.iter().map(|it| Ok(self.owner_of(it.player)?.award(it, at))).collect()
    }

    pub(crate) fn insert_skill_steps(
        &mut self,
        steps: &[NewStep],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        steps.iter().map(|it| self.owner_of(it.step.player)?.take_step(it, at)).collect()
    }

    /// CAREER-1
    pub(crate) fn select_careers(
        &self,
        id: TournamentId,
        players: &[PlayerId],
    ) -> BTreeMap<PlayerId, Career> {
        let career = |player: &PlayerId| Some((*player, self.player(*player)?.career(id)?));
        players.iter().filter_map(career).collect()
    }

    /// CAREER-2
    pub(crate) fn select_histories(&self, players: &[PlayerId]) -> BTreeMap<PlayerId, Career> {
        let history = |player: &PlayerId| Some((*player, self.player(*player)?.history()?));
        players.iter().filter_map(history).collect()
    }

    pub(crate) fn insert_level_ups(
        &mut self,
        ups: &[LevelUp],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        ups.iter().map(|it| Ok(self.owner_of(it.player)?.reach(it, at))).collect()
    }

    pub(crate) fn update_skill_steps(
        &mut self,
        retaken: &[RetakenSteps],
    ) -> Result<(), StoreError> {
        retaken.iter().try_for_each(|it| self.owner_of(it.player)?.retake_steps(it))
    }

    pub(crate) fn set_revoked(
        &mut self,
        badges: &[NewBadge],
        revoked: Option<(CorrectionRef, Timestamp)>,
    ) -> Result<(), StoreError> {
        badges.iter().try_for_each(|it| self.owner_of(it.player)?.set_revoked(it, revoked))
    }

    pub(crate) fn insert_assessments(
        &mut self,
        assessments: &[Assessment],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        assessments.iter().map(|it| Ok(self.owner_of(it.player)?.hear(it, at))).collect()
    }

    pub(crate) fn update_skills(&mut self, heard: &[HeardSkills]) -> Result<(), StoreError> {
        heard.iter().try_for_each(|it| self.owner_of(it.player)?.write_skills(it.entries.clone()))
    }

    pub(crate) fn update_progress(
        &mut self,
        progress: &[ToldProgress],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        progress.iter().try_for_each(|ToldProgress { progress, event }| {
            let owner = self.owner_of(event.player)?;
            owner.progress = *progress;
            owner.tell(event, at);
            Ok(())
        })
    }

    pub(crate) fn insert_player_events(
        &mut self,
        events: &[PlayerEvent],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        events.iter().try_for_each(|event| {
            self.owner_of(event.player)?.tell(event, at);
            Ok(())
        })
    }

    pub(super) fn owner_of(&mut self, player: PlayerId) -> Result<&mut PlayerRow, StoreError> {
        let row = self.player_mut(player);
        row.ok_or_else(|| corrupt("players", "a player who is given something is registered"))
    }
}
