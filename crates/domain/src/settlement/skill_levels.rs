//! Where each skill stands at one point of a history.

use std::collections::BTreeMap;

use super::NumberedStep;
use crate::{Baseline, Player, SkillName, SkillStep, Tenths};

/// Where each skill stands at one point of a history that is walked through step by step.
#[derive(Debug)]
pub(super) struct SkillLevels<'a> {
    baseline: &'a Baseline,
    known: BTreeMap<SkillName, Tenths>,
}

impl<'a> SkillLevels<'a> {
    /// Before the first step of a life.
    pub(super) fn at_birth(baseline: &'a Baseline) -> Self {
        Self { baseline, known: BTreeMap::new() }
    }

    /// Before the first of `steps`, which are the player's last ones: where the first step that
    /// moves a skill found it. No step since moved any other skill.
    pub(super) fn before(steps: &[NumberedStep], player: &'a Player) -> Self {
        let now = player.profile.iter().map(|(skill, it)| (skill.clone(), it.level));
        let mut known: BTreeMap<_, _> = now.collect();
        for (skill, change) in steps.iter().rev().flat_map(|it| &it.step.changes) {
            known.insert(skill.clone(), change.before);
        }
        Self { baseline: &player.baseline, known }
    }

    pub(super) fn of(&self, skill: &SkillName) -> Tenths {
        self.known.get(skill).copied().unwrap_or_else(|| self.baseline.of(skill))
    }

    pub(super) fn follow(&mut self, step: &SkillStep) {
        self.known.extend(step.changes.iter().map(|(skill, it)| (skill.clone(), it.after)));
    }
}
