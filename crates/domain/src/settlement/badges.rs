//! Which badges one award earns.

use crate::{BadgeType, Evidence, Placement, Progress, RewardPolicy};

/// The table of RULES.md, section "Badges", in its order. `progress` are the counters with this
/// award in them. Milestones are named at the moment their number is reached; a second one of those
/// that are had once in a life is left out by the store.
pub(super) fn earned(
    evidence: &Evidence,
    progress: Progress,
    policy: &RewardPolicy,
) -> Vec<BadgeType> {
    if !policy.grants(evidence.outcome) {
        return vec![];
    }
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
    let mut badges: Vec<_> = deeds.into_iter().filter(|it| it.0).map(|it| it.1).collect();
    badges.extend(policy.badges().earned_by(evidence));
    badges.sort_unstable();
    badges.dedup();
    badges
}
