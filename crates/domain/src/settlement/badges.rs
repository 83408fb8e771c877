//! Which badges one award earns.

use std::collections::BTreeMap;

use crate::{BadgeRule, BadgeType, NewBadge, Occasion, Placement, RewardPolicy, SkillStep};

/// The table of RULES.md, section "Badges", in its order, then what rules give: those of the policy,
/// and `standing` ones, each badge once. `step` is the award's, with the counters after it.
///
/// Milestones are named at the moment their number is reached; a second one of those that are had
/// once in a life is left out by the store.
pub(super) fn earned<'a>(
    step: &SkillStep,
    skills: Skills<'_>,
    policy: &'a RewardPolicy,
    standing: impl Iterator<Item = &'a BadgeRule>,
) -> Vec<NewBadge> {
    let SkillStep { player, tournament, evidence, progress, .. } = step;
    if !policy.grants(evidence.outcome) {
        return vec![];
    }
    let occasion = Occasion { evidence, progress, skills };
    let usual = usual(&occasion).map(|it| (it, it.is_once_in_a_life()));
    let standing = standing.filter(|it| it.is_met_by(&occasion));
    let by_rule = policy.badges().met_by(&occasion).chain(standing);
    let by_rule = by_rule.map(|it| (it.badge, it.once_in_a_life));
    let mut badges = BTreeMap::new();
    for (badge, once_in_a_life) in usual.chain(by_rule) {
        let earned = NewBadge { player: *player, tournament: *tournament, badge, once_in_a_life };
        badges.entry(badge).or_insert(earned);
    }
    badges.into_values().collect()
}

/// The level of each skill after an award.
pub(super) type Skills<'a> = &'a dyn Fn(&crate::SkillName) -> crate::Tenths;

fn usual(occasion: &Occasion<'_>) -> impl Iterator<Item = BadgeType> {
    let Occasion { evidence, progress, .. } = occasion;
    let rank = evidence.outcome.placement().map(Placement::rank);
    let record = &evidence.record;
    let undefeated = record.played() >= 3 && record.wins == record.played();
    let deeds = [
        (rank == Some(1), BadgeType::Champion),
        (rank == Some(2), BadgeType::RunnerUp),
        (rank == Some(3), BadgeType::ThirdPlace),
        (rank.is_some_and(|it| it <= 3), BadgeType::PodiumFinish),
        (progress.tournaments == 1, BadgeType::FirstTournament),
        (progress.tournaments > 1, BadgeType::TournamentParticipant),
        (undefeated, BadgeType::Undefeated),
        (progress.tournaments == 5, BadgeType::TournamentVeteran),
        (progress.tournaments == 10, BadgeType::TournamentLegend),
        (progress.win_streak == 3, BadgeType::TripleCrown),
    ];
    deeds.into_iter().filter(|it| it.0).map(|it| it.1)
}
