//! What locked players permit: everything that they own.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Assessment, Career, ChargeMove, LevelUp, NewBadge, NewEntry, Player, PlayerEvent, PlayerId,
    Policies, SkillName, SkillStep, TournamentId,
};

use super::Locked;
use crate::{
    CorruptPlayer, StoreError, UnitOfWork,
    spi::{
        ChargeName, ChargeRecord, CorrectionRef, HeardSkills, LockedPlayer, NewCharge, NewStep,
        Recorded, RetakenSteps, ToldProgress,
    },
};

/// Players as their locks found them. Who is not registered is not here.
#[derive(Debug)]
pub struct Players(BTreeMap<PlayerId, Result<Player, CorruptPlayer>>);

/// Players' own histories from a corrected tournament on, and the policies that they were lived
/// under.
#[derive(Debug, Default)]
pub struct Careers {
    /// Each with at least the step of the tournament; who has none is not here.
    pub by_player: BTreeMap<PlayerId, Career>,
    /// Of every tournament that they name.
    pub policies: Policies,
}

/// A point to which the unit of work can go back.
#[must_use = "a savepoint is released or rolled back"]
#[derive(Debug)]
pub struct Savepoint<'uow> {
    uow: &'uow UnitOfWork,
}

impl Players {
    pub(crate) fn of(players: Vec<LockedPlayer>) -> Self {
        Self(players.into_iter().map(|it| (it.id, it.state)).collect())
    }

    /// What a player owns; `None` for somebody who is not registered.
    #[must_use]
    pub fn get(&self, id: PlayerId) -> Option<&Result<Player, CorruptPlayer>> {
        self.0.get(&id)
    }

    /// Everybody whose state can be read, in ascending id.
    pub fn all(&self) -> impl Iterator<Item = &Player> {
        self.0.values().filter_map(|it| it.as_ref().ok())
    }

    fn readable(&self, id: PlayerId) -> Result<&Player, StoreError> {
        match self.0.get(&id) {
            Some(Ok(player)) => Ok(player),
            Some(Err(corrupt)) => Err(StoreError::Corrupt {
                table: corrupt.table,
                rule: corrupt.to_string(),
                source: None,
            }),
            None => {
                Err(StoreError::Invalid { rule: "only a locked player's belongings are written" })
            }
        }
    }

    fn all_readable(&self, ids: impl IntoIterator<Item = PlayerId>) -> Result<(), StoreError> {
        ids.into_iter().try_for_each(|id| self.readable(id).map(drop))
    }

    /// The entries that `assessments` change, as they are afterwards, each player once.
    fn hearing<'a>(
        &self,
        assessments: impl IntoIterator<Item = &'a Assessment>,
    ) -> Result<Vec<HeardSkills>, StoreError> {
        let mut by_player = BTreeMap::<PlayerId, Vec<&Assessment>>::new();
        for assessment in assessments {
            by_player.entry(assessment.player).or_default().push(assessment);
        }
        let hearing = |(id, words): (_, Vec<_>)| Ok(hear(self.readable(id)?, &words));
        by_player.into_iter().map(hearing).collect()
    }
}

impl<'uow> Locked<'uow, Players> {
    /// Posts entries, and moves each balance by exactly what was new: there is no other way to move
    /// one. At most one entry for each account; answers in the order of `entries`.
    pub async fn post_entries(&self, entries: &[NewEntry]) -> Result<Vec<Recorded>, StoreError> {
        self.row.all_readable(entries.iter().map(|it| it.player))?;
        self.uow.tx().insert_ledger_entries(entries, self.uow.now()).await
    }

    /// Charges of locked players by name, in ascending order; those that do not exist are left out.
    pub async fn find_charges(
        &self,
        names: &[ChargeName],
    ) -> Result<Vec<ChargeRecord>, StoreError> {
        self.row.all_readable(names.iter().map(|it| it.0))?;
        self.uow.tx().select_charges(names).await
    }

    /// Begins a charge, and takes what it takes. One that exists stays as it is, and takes nothing.
    pub async fn begin_charge(&self, new: &NewCharge) -> Result<Recorded, StoreError> {
        let entries = self.entries(&[new.begins()])?;
        let recorded =
            self.uow.tx().insert_charges(std::slice::from_ref(new), self.uow.now()).await?;
        if recorded.first() != Some(&Recorded::New) {
            return Ok(Recorded::Replayed);
        }
        self.post_once(&entries).await?;
        self.tell(&[PlayerEvent::charged(&new.begins())]).await?;
        Ok(Recorded::New)
    }

    /// Moves charges on, at most one of each player, and credits by exactly what that gives back.
    pub async fn move_charges(&self, moves: &[ChargeMove]) -> Result<(), StoreError> {
        let entries = self.entries(moves)?;
        self.uow.tx().update_charges(moves, self.uow.now()).await?;
        self.post_once(&entries).await?;
        self.tell(&moves.iter().map(PlayerEvent::charged).collect::<Vec<_>>()).await
    }

    fn entries(&self, moves: &[ChargeMove]) -> Result<Vec<NewEntry>, StoreError> {
        let mut entries = vec![];
        for it in moves {
            entries.extend(it.entries(&self.row.readable(it.after.player)?.accounts));
        }
        Ok(entries)
    }

    /// What has just been written has not been posted before, or the charge and the ledger differ.
    async fn post_once(&self, entries: &[NewEntry]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let posted = self.uow.tx().insert_ledger_entries(entries, self.uow.now()).await?;
        if posted.contains(&Recorded::Replayed) {
            let rule = "a step of a charge moves credits once".to_owned();
            return Err(StoreError::Corrupt { table: "ledger_entries", rule, source: None });
        }
        Ok(())
    }

    /// Awards badges; answers in the order of `badges`.
    pub async fn award_badges(&self, badges: &[NewBadge]) -> Result<Vec<Recorded>, StoreError> {
        self.row.all_readable(badges.iter().map(|it| it.player))?;
        self.uow.tx().insert_badges(badges, self.uow.now()).await
    }

    /// Records skill steps and what they leave in the profiles, at most one step for each player;
    /// answers in the order of `steps`.
    pub async fn record_steps(&self, steps: &[SkillStep]) -> Result<Vec<Recorded>, StoreError> {
        let steps: Vec<_> = steps.iter().map(|it| self.numbered(it)).collect::<Result<_, _>>()?;
        self.uow.tx().insert_skill_steps(&steps, self.uow.now()).await
    }

    /// Reads the histories of `players`, from their step of a tournament on. Reads nothing when
    /// there are no players.
    pub async fn careers(
        &self,
        tournament: TournamentId,
        players: &[PlayerId],
    ) -> Result<Careers, StoreError> {
        if players.is_empty() {
            return Ok(Careers::default());
        }
        self.row.all_readable(players.iter().copied())?;
        let mut by_player = self.uow.tx().select_careers(tournament, players).await?;
        for (player, reviewed) in self.uow.tx().select_reviewed_rules(players).await? {
            if let Some(career) = by_player.get_mut(&player) {
                career.reviewed = reviewed;
            }
        }
        let steps = by_player.values().flat_map(|it| &it.steps);
        let ids: BTreeSet<_> = steps.map(|it| it.step.tournament).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        Ok(Careers { by_player, policies: self.uow.tx().select_policies(&ids).await? })
    }

    /// Reads the whole histories of `players`; who has none is not in the answer.
    pub async fn histories(
        &self,
        players: &[PlayerId],
    ) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
        if players.is_empty() {
            return Ok(BTreeMap::new());
        }
        self.row.all_readable(players.iter().copied())?;
        self.uow.tx().select_histories(players).await
    }

    /// Puts histories that were taken again in the place of those that were read under this lock.
    pub async fn retake_steps(&self, retaken: &[RetakenSteps]) -> Result<(), StoreError> {
        self.row.all_readable(retaken.iter().map(|it| it.player))?;
        self.uow.tx().update_skill_steps(retaken).await
    }

    /// Takes badges away, which stay to be seen as revoked.
    pub async fn revoke_badges(
        &self,
        badges: &[NewBadge],
        by: CorrectionRef,
    ) -> Result<(), StoreError> {
        self.row.all_readable(badges.iter().map(|it| it.player))?;
        self.uow.tx().revoke_badges(badges, by, self.uow.now()).await
    }

    /// Gives back badges that were taken away.
    pub async fn restore_badges(&self, badges: &[NewBadge]) -> Result<(), StoreError> {
        self.row.all_readable(badges.iter().map(|it| it.player))?;
        self.uow.tx().restore_badges(badges).await
    }

    /// Records what coaches say, and moves the assessed values by exactly what was new: all of a
    /// unit of work in one call. Answers in the order of `assessments`.
    pub async fn assess(&self, assessments: &[Assessment]) -> Result<Vec<Recorded>, StoreError> {
        self.row.all_readable(assessments.iter().map(|it| it.player))?;
        let recorded = self.uow.tx().insert_assessments(assessments, self.uow.now()).await?;
        let new = assessments.iter().zip(&recorded).filter(|(_, it)| **it == Recorded::New);
        let new: Vec<_> = new.map(|(it, _)| it).collect();
        let entries = self.row.hearing(new.iter().copied())?;
        if !entries.is_empty() {
            self.uow.tx().update_skills(&entries).await?;
            self.tell(&PlayerEvent::assessed(new)).await?;
        }
        Ok(recorded)
    }

    /// Records levels that were reached; answers in the order of `ups`.
    pub async fn record_level_ups(&self, ups: &[LevelUp]) -> Result<Vec<Recorded>, StoreError> {
        self.row.all_readable(ups.iter().map(|it| it.player))?;
        self.uow.tx().insert_level_ups(ups, self.uow.now()).await
    }

    /// Sets the counters behind the milestones, and tells why they moved: at most one event of each
    /// player.
    pub async fn save_progress(&self, progress: &[ToldProgress]) -> Result<(), StoreError> {
        self.row.all_readable(progress.iter().map(|it| it.event.player))?;
        self.uow.tx().update_progress(progress, self.uow.now()).await
    }

    /// Tells what this unit of work has done to players, at most one event of each.
    pub async fn tell(&self, events: &[PlayerEvent]) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        self.row.all_readable(events.iter().map(|it| it.player))?;
        self.uow.tx().insert_player_events(events, self.uow.now()).await
    }

    /// Marks a point to go back to, so that one bad participant costs one participant.
    pub async fn savepoint(&self) -> Result<Savepoint<'uow>, StoreError> {
        self.uow.tx().savepoint().await?;
        Ok(Savepoint { uow: self.uow })
    }

    fn numbered(&self, step: &SkillStep) -> Result<NewStep, StoreError> {
        let player = self.row.readable(step.player)?;
        let mut profile = player.profile.clone();
        profile.step(&step.changes, &player.baseline);
        let entry = |skill: &SkillName| (skill.clone(), profile.entry(skill, &player.baseline));
        let entries = step.changes.keys().map(entry).collect();
        Ok(NewStep { step: step.clone(), seq: player.step_seq + 1, entries })
    }
}

/// What `words` make of one player's profile.
fn hear(player: &Player, words: &[&Assessment]) -> HeardSkills {
    let mut profile = player.profile.clone();
    for word in words {
        profile.assess(&word.skill, word.percentage, &player.baseline);
    }
    let entry = |it: &&Assessment| (it.skill.clone(), profile.entry(&it.skill, &player.baseline));
    HeardSkills { player: player.id, entries: words.iter().map(entry).collect() }
}

impl Savepoint<'_> {
    /// Keeps what was written since.
    pub async fn release(self) -> Result<(), StoreError> {
        self.uow.tx().release_savepoint().await
    }

    /// Undoes what was written since.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.uow.tx().rollback_to_savepoint().await
    }
}
