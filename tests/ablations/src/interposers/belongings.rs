//! Badges and levels that poison or are forgotten, and skills that are moved twice or written back
//! whole.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Assessment, AssessmentId, LevelUp, LockOrder, NewBadge, PlayerId, SkillEntry, SkillName,
    TournamentId,
};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{HeardSkills, LockedPlayer, NewStep, Recorded, Store, Transaction},
};

/// Awards badges with a plain insert, which a badge that is there refuses.
pub(crate) struct InsertsBadges;

#[async_trait]
impl Interposer for InsertsBadges {
    async fn insert_badges(
        &self,
        tx: &dyn Transaction,
        badges: &[NewBadge],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let recorded = tx.insert_badges(badges, at).await?;
        if recorded.contains(&Recorded::Replayed) {
            let rule = "duplicate key value violates unique constraint".to_owned();
            return Err(StoreError::Corrupt { table: "badges", rule, source: None });
        }
        Ok(recorded)
    }
}

/// Records levels with a plain insert, which a level that is there refuses.
pub(crate) struct InsertsLevels;

#[async_trait]
impl Interposer for InsertsLevels {
    async fn insert_level_ups(
        &self,
        tx: &dyn Transaction,
        ups: &[LevelUp],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let recorded = tx.insert_level_ups(ups, at).await?;
        if recorded.contains(&Recorded::Replayed) {
            let rule = "duplicate key value violates unique constraint".to_owned();
            return Err(StoreError::Corrupt { table: "level_ups", rule, source: None });
        }
        Ok(recorded)
    }
}

/// Forgets which levels a player has reached.
pub(crate) struct ForgetsLevels;

#[async_trait]
impl Interposer for ForgetsLevels {
    async fn select_players_for_update(
        &self,
        tx: &dyn Transaction,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        let mut locked = tx.select_players_for_update(players).await?;
        for player in locked.iter_mut().filter_map(|it| it.state.as_mut().ok()) {
            player.progress.level_max = 0;
        }
        Ok(locked)
    }
}

/// Takes a step that was taken before once more.
pub(crate) struct StepsAgain;

#[async_trait]
impl Interposer for StepsAgain {
    async fn insert_skill_steps(
        &self,
        tx: &dyn Transaction,
        steps: &[NewStep],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let taken = tx.insert_skill_steps(steps, at).await?;
        let replayed = steps.iter().zip(&taken).filter(|(_, it)| **it == Recorded::Replayed);
        let again: Vec<_> = replayed.map(|(step, _)| under_another_name(step)).collect();
        if again.is_empty() {
            return Ok(taken);
        }
        tx.insert_skill_steps(&again, at).await?;
        Ok(vec![Recorded::New; steps.len()])
    }
}

fn under_another_name(step: &NewStep) -> NewStep {
    let mut again = step.clone();
    again.step.tournament = TournamentId::of(&format!("{} again", step.step.tournament));
    again
}

/// Writes a profile that holds nothing but the skills of the step.
pub(crate) struct StepsOverAll(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for StepsOverAll {
    async fn insert_skill_steps(
        &self,
        tx: &dyn Transaction,
        steps: &[NewStep],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut whole = steps.to_vec();
        for step in &mut whole {
            for (skill, entry) in untouched(self.0.as_ref(), step.step.player).await? {
                step.entries.entry(skill).or_insert(entry);
            }
            step.entries.values_mut().for_each(|it| it.assessed = None);
        }
        tx.insert_skill_steps(&whole, at).await
    }
}

/// Hears a coach's word that was heard before once more.
pub(crate) struct HearsAgain;

#[async_trait]
impl Interposer for HearsAgain {
    async fn insert_assessments(
        &self,
        tx: &dyn Transaction,
        assessments: &[Assessment],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut again = assessments.to_vec();
        while !again.is_empty() {
            let recorded = tx.insert_assessments(&again, at).await?;
            let replayed = again.into_iter().zip(recorded).filter(|it| it.1 == Recorded::Replayed);
            again = replayed.map(|(it, _)| under_another_id(it)).collect();
        }
        Ok(vec![Recorded::New; assessments.len()])
    }
}

/// Writes a profile that holds nothing but the skills that were assessed.
pub(crate) struct AssessesOverAll(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for AssessesOverAll {
    async fn update_skills(
        &self,
        tx: &dyn Transaction,
        heard: &[HeardSkills],
    ) -> Result<(), StoreError> {
        let mut whole = heard.to_vec();
        for heard in &mut whole {
            for (skill, entry) in untouched(self.0.as_ref(), heard.player).await? {
                heard.entries.entry(skill).or_insert(entry);
            }
        }
        tx.update_skills(&whole).await
    }
}

fn under_another_id(assessment: Assessment) -> Assessment {
    let id = AssessmentId::of(&format!("{} again", assessment.id));
    Assessment { id, ..assessment }
}

/// Every skill of a player as if nothing had ever touched it.
async fn untouched(
    store: &dyn Store,
    player: PlayerId,
) -> Result<Vec<(SkillName, SkillEntry)>, StoreError> {
    let found = store.find_players(&[player]).await?;
    let known = found.into_iter().filter_map(|it| it.state.ok());
    let skills = known.flat_map(|player| {
        let entry = |(skill, _): (&SkillName, &SkillEntry)| {
            let entry = SkillEntry { level: player.baseline.of(skill), steps: 0, assessed: None };
            (skill.clone(), entry)
        };
        player.profile.iter().map(entry).collect::<Vec<_>>()
    });
    Ok(skills.collect())
}
