//! The hash that names a plan.

use crate::{Hash256, Hasher, Membership, PlannedAward, RewardPolicy, TournamentId};

/// Hashes a plan award by award, in ascending player id.
#[derive(Debug, Clone)]
pub struct PlanHasher(Hasher);

impl PlanHasher {
    /// Starts the hash of one revision of one tournament's plan.
    #[must_use]
    pub fn new(tournament: TournamentId, revision: u32, policy: &RewardPolicy) -> Self {
        let mut hasher = Hasher::new("plan");
        hasher
            .bytes(tournament.as_uuid().as_bytes())
            .number(revision.into())
            .bytes(policy.hash().to_string().as_bytes());
        Self(hasher)
    }

    /// Adds the next award. The team is part of the hash where there is one, and what was measured
    /// where anything was, so that plans from before these were frozen keep theirs.
    pub fn add(&mut self, award: &PlannedAward) {
        let PlannedAward { player, team, evidence, reward } = award;
        let (outcome, rank) = evidence.outcome.code();
        self.0
            .bytes(player.as_uuid().as_bytes())
            .number(outcome)
            .number(rank)
            .number(evidence.field_size.into())
            .number(evidence.opponent_factor.units().into())
            .number(evidence.match_modifier.units().into())
            .record(&evidence.record)
            .number(reward.xp_base)
            .number(reward.xp_bonus)
            .number(reward.credits);
        if let Some(team) = team {
            // Where the next award would have its player, in sixteen bytes, there stands a mark.
            let Membership { name, weight } = team;
            self.0.bytes(b"team").bytes(name.as_bytes()).number(weight.get().into());
        }
        self.0.measured(evidence.measured);
    }

    /// The hash of the plan.
    #[must_use]
    pub fn finish(self) -> Hash256 {
        self.0.finish()
    }
}
