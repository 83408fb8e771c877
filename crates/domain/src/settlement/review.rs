//! A rule held against a player's past.

use super::Career;
use crate::{BadgeRule, Baseline, NewBadge, Occasion, SkillName, SkillProfile, SkillStep};

/// The badges that `rule` gives for a whole career, each of the tournament where its conditions came
/// true, less those that the player has. One that is had once in a life is given for the first of
/// them, and to nobody who has one.
#[must_use]
pub fn review(rule: &BadgeRule, baseline: &Baseline, career: &Career) -> Vec<NewBadge> {
    let mut profile = SkillProfile::default();
    let mut tournaments = career.before.tournaments;
    let met = career.steps.iter().map(|it| &it.step).filter(|step| {
        profile.step(&step.changes, baseline);
        // What does not count as taking part is no occasion: nobody earns a badge by staying away.
        let counts = step.progress.tournaments > tournaments;
        tournaments = step.progress.tournaments;
        let skills = |skill: &SkillName| profile.entry(skill, baseline).level;
        let (evidence, progress) = (&step.evidence, &step.progress);
        counts && rule.is_met_by(&Occasion { evidence, progress, skills: &skills })
    });
    let given = met.map(|it| given(rule, it));
    if rule.once_in_a_life {
        let had = career.badges.iter().any(|it| it.badge == rule.badge && it.once_in_a_life);
        return given.take(1).filter(|_| !had).collect();
    }
    given.filter(|it| !career.badges.iter().any(|had| had.is_same(it))).collect()
}

fn given(rule: &BadgeRule, step: &SkillStep) -> NewBadge {
    let SkillStep { player, tournament, .. } = *step;
    NewBadge { player, tournament, badge: rule.badge, once_in_a_life: rule.once_in_a_life }
}
