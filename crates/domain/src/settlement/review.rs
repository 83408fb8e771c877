//! A rule held against a player's past.

use std::collections::{BTreeMap, BTreeSet};

use super::NumberedStep;
use crate::{BadgeRule, Baseline, NewBadge, Occasion, Progress, SkillName, SkillStep, Tenths};

/// The badges that `rule` gives for a whole history, each of the tournament where its conditions
/// came true, less those that are `held`. One that is had once in a life is given for the first of
/// them, and to nobody who holds one.
#[must_use]
pub fn review(
    rule: &BadgeRule,
    baseline: &Baseline,
    steps: &[NumberedStep],
    held: &BTreeSet<NewBadge>,
) -> Vec<NewBadge> {
    let mut walk = Walk::from(baseline);
    let met = steps.iter().filter(|it| walk.next(&it.step, |occasion| rule.is_met_by(occasion)));
    let given = met.map(|it| given(rule, &it.step));
    if rule.once_in_a_life {
        let had = held.iter().any(|it| it.badge == rule.badge && it.once_in_a_life);
        return given.take(1).filter(|_| !had).collect();
    }
    let has = |new: &NewBadge| {
        held.iter().any(|it| (it.badge, it.tournament) == (new.badge, new.tournament))
    };
    given.filter(|it| !has(it)).collect()
}

fn given(rule: &BadgeRule, step: &SkillStep) -> NewBadge {
    let SkillStep { player, tournament, .. } = *step;
    NewBadge { player, tournament, badge: rule.badge, once_in_a_life: rule.once_in_a_life }
}

/// A way through a history, step by step.
struct Walk<'a> {
    baseline: &'a Baseline,
    levels: BTreeMap<&'a SkillName, Tenths>,
    progress: Progress,
}

impl<'a> Walk<'a> {
    fn from(baseline: &'a Baseline) -> Self {
        Self { baseline, levels: BTreeMap::new(), progress: Progress::default() }
    }

    /// Takes one step, and asks of it. What does not count as taking part is no occasion: nobody
    /// earns a badge by staying away.
    fn next(&mut self, step: &'a SkillStep, ask: impl FnOnce(&Occasion<'_>) -> bool) -> bool {
        self.levels.extend(step.changes.iter().map(|(skill, change)| (skill, change.after)));
        let counts = step.progress.tournaments > self.progress.tournaments;
        self.progress = step.progress;
        let skills = |skill: &SkillName| {
            self.levels.get(skill).copied().unwrap_or_else(|| self.baseline.of(skill))
        };
        let occasion =
            Occasion { evidence: &step.evidence, progress: &step.progress, skills: &skills };
        counts && ask(&occasion)
    }
}
