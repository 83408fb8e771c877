//! How the skills of one award move.

use std::collections::BTreeMap;

use crate::{Evidence, LevelChange, RewardPolicy, SkillName, StepEvidence, Tenths, skill_step};

/// Every skill of the tournament, from `level` on; none without a placement.
pub(super) fn changes(
    evidence: &Evidence,
    policy: &RewardPolicy,
    level: impl Fn(&SkillName) -> Tenths,
) -> BTreeMap<SkillName, LevelChange> {
    let Some(placement) = evidence.outcome.placement() else { return BTreeMap::new() };
    let evidence = StepEvidence {
        placement,
        field_size: evidence.field_size,
        opponent_factor: evidence.opponent_factor,
        match_modifier: evidence.match_modifier,
    };
    let change = |(skill, weight): (&SkillName, f64)| {
        let before = level(skill);
        (skill.clone(), LevelChange { before, after: skill_step(before, weight, &evidence) })
    };
    policy.enabled_skills().map(|(skill, rule)| change((skill, rule.weight))).collect()
}
