//! The plan: standings and policy in, awards out, named by a hash and frozen before anybody is paid.

use std::collections::BTreeMap;

use crate::{
    Baseline, Evidence, FieldBaseline, Hash256, Hasher, PlannedAward, RewardPolicy, SkillName,
    Standing, TenThousandths, TournamentId, match_modifier,
};

/// One participant with what the plan needs to know of the player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competitor {
    /// How it ended.
    pub standing: Standing,
    /// Where the player's skills started.
    pub baseline: Baseline,
}

/// Everything about the field that an award depends on, in memory that does not grow with it.
///
/// Two passes over the field make a plan: one [surveys](FieldSurvey::add), the next
/// [plans](RewardPlanner::award) participant by participant, in any order and in chunks.
#[derive(Debug, Clone)]
pub struct FieldSurvey {
    skills: Vec<SkillName>,
    all: FieldBaseline,
    teams: BTreeMap<String, FieldBaseline>,
}

/// Makes the awards of one tournament. A pure function of frozen results and policy.
#[derive(Debug, Clone)]
pub struct RewardPlanner<'a> {
    policy: &'a RewardPolicy,
    field_size: u32,
    survey: FieldSurvey,
}

/// Hashes a plan award by award, in ascending player id.
#[derive(Debug, Clone)]
pub struct PlanHasher(Hasher);

impl FieldSurvey {
    /// Nobody surveyed yet.
    #[must_use]
    pub fn new(policy: &RewardPolicy) -> Self {
        let skills = policy.enabled_skills().map(|(name, _)| name.clone()).collect();
        Self { skills, all: FieldBaseline::default(), teams: BTreeMap::new() }
    }

    /// Counts one participant; those who did not compete are nobody's opponents.
    pub fn add(&mut self, competitor: &Competitor) {
        if !competitor.standing.outcome.competed() {
            return;
        }
        let sum = self.baseline_sum(&competitor.baseline);
        self.all.add(sum);
        if let Some(team) = &competitor.standing.team {
            self.teams.entry(team.clone()).or_default().add(sum);
        }
    }

    fn opponent_factor(&self, competitor: &Competitor) -> TenThousandths {
        if !competitor.standing.outcome.competed() {
            return TenThousandths::ONE;
        }
        let own = self.baseline_sum(&competitor.baseline);
        let team = competitor.standing.team.as_ref().and_then(|it| self.teams.get(it));
        let mut alone = FieldBaseline::default();
        alone.add(own);
        self.all.factor_against(own, team.unwrap_or(&alone))
    }

    fn baseline_sum(&self, baseline: &Baseline) -> i64 {
        self.skills.iter().map(|it| i64::from(baseline.of(it).units())).sum()
    }
}

impl<'a> RewardPlanner<'a> {
    /// Plans for a field that has been surveyed whole.
    #[must_use]
    pub fn new(policy: &'a RewardPolicy, field_size: u32, survey: FieldSurvey) -> Self {
        Self { policy, field_size, survey }
    }

    /// What one participant is owed, and the evidence for it.
    #[must_use]
    pub fn award(&self, competitor: &Competitor) -> PlannedAward {
        let Standing { player, outcome, record, .. } = &competitor.standing;
        let evidence = Evidence {
            outcome: *outcome,
            field_size: self.field_size,
            opponent_factor: self.survey.opponent_factor(competitor),
            match_modifier: match_modifier(record),
            record: *record,
        };
        PlannedAward { player: *player, evidence, reward: self.policy.reward(*outcome) }
    }
}

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

    /// Adds the next award.
    pub fn add(&mut self, award: &PlannedAward) {
        let PlannedAward { player, evidence, reward } = award;
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
    }

    /// The hash of the plan.
    #[must_use]
    pub fn finish(self) -> Hash256 {
        self.0.finish()
    }
}
