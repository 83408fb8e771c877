//! Badges that poison, and skills that are moved twice or written back whole.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{Assessment, AssessmentId, NewBadge, SkillEntry, SkillName};
use interposed::Interposer;
use ports::{
    StoreError, Timestamp,
    spi::{NewStep, Recorded, Store, Transaction},
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
    again.step.revision = 1_000 + u32::try_from(step.seq).unwrap_or_default();
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
    async fn insert_assessment(
        &self,
        tx: &dyn Transaction,
        assessment: &Assessment,
        entry: &SkillEntry,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let mut again = assessment.clone();
        while tx.insert_assessment(&again, entry, at).await? == Recorded::Replayed {
            again.id = AssessmentId::of(&format!("{} again", again.id));
        }
        Ok(Recorded::New)
    }
}

/// Writes a profile that holds nothing but the skill of the assessment.
pub(crate) struct AssessesOverAll(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Interposer for AssessesOverAll {
    async fn insert_assessment(
        &self,
        tx: &dyn Transaction,
        assessment: &Assessment,
        entry: &SkillEntry,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let recorded = tx.insert_assessment(assessment, entry, at).await?;
        for (skill, entry) in untouched(self.0.as_ref(), assessment.player).await? {
            if skill != assessment.skill {
                // No port writes a whole profile, so each skill is written by a word of its own.
                let id = AssessmentId::of(&format!("{} over {skill}", assessment.id));
                let word = Assessment { id, skill, ..assessment.clone() };
                let _ = tx.insert_assessment(&word, &entry, at).await?;
            }
        }
        Ok(recorded)
    }
}

/// Every skill of a player as if nothing had ever touched it.
async fn untouched(
    store: &dyn Store,
    player: domain::PlayerId,
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
