//! What a plan needs to know of the whole field.

use std::collections::BTreeMap;

use super::Competitor;
use crate::{
    Baseline, FieldBaseline, Membership, Outcome, RewardPolicy, SkillName, TeamShare,
    TenThousandths,
    prizes::{Contenders, last_counted},
    team_prizes::Members,
};

/// Everything about the field that an award depends on, in memory that does not grow with it: one
/// entry for each placement that shares a prize, and one for each team. Where a policy shares by
/// weight, a team has one more for each weight among its members.
///
/// Two passes over the field make a plan: one [surveys](FieldSurvey::add) it in any order, the next
/// [plans](crate::RewardPlanner::award) participant by participant, in ascending player id and in
/// chunks.
#[derive(Debug, Clone)]
pub struct FieldSurvey {
    pub(super) field_size: u32,
    skills: Vec<SkillName>,
    share: TeamShare,
    last_counted: u32,
    all: FieldBaseline,
    /// Those who compete for themselves, by placement.
    pub(super) alone: Contenders,
    pub(super) teams: BTreeMap<String, Team>,
}

/// A team as far as it has been surveyed.
#[derive(Debug, Clone)]
pub(super) struct Team {
    baseline: FieldBaseline,
    /// How it ended. Its members did, too, but for those who were struck from the results by
    /// themselves.
    pub(super) outcome: Outcome,
    /// Those who ended as the team did.
    pub(super) members: Members,
}

impl FieldSurvey {
    /// Nobody surveyed yet, in a field of `field_size` competing participants, or teams.
    #[must_use]
    pub fn new(policy: &RewardPolicy, field_size: u32) -> Self {
        Self {
            field_size,
            skills: policy.enabled_skills().map(|(name, _)| name.clone()).collect(),
            share: policy.teams().share,
            last_counted: last_counted(policy, field_size),
            all: FieldBaseline::default(),
            alone: Contenders::new(),
            teams: BTreeMap::new(),
        }
    }

    /// Counts one participant; those who did not compete are nobody's opponents, and share nothing.
    pub fn add(&mut self, competitor: &Competitor) {
        let outcome = competitor.standing.outcome;
        if !outcome.competed() {
            return;
        }
        let sum = self.baseline_sum(&competitor.baseline);
        self.all.add(sum);
        match &competitor.standing.team {
            Some(member) => self.add_member(member, outcome, sum),
            None => count(&mut self.alone, outcome, self.last_counted),
        }
    }

    fn add_member(&mut self, member: &Membership, outcome: Outcome, baseline_sum: i64) {
        let new = || Team { baseline: FieldBaseline::default(), outcome, members: Members::new() };
        let team = self.teams.entry(member.name.clone()).or_insert_with(new);
        team.baseline.add(baseline_sum);
        if merit(outcome) < merit(team.outcome) {
            team.outcome = outcome;
            team.members.clear();
        }
        if outcome == team.outcome && self.share != TeamShare::Each {
            *team.members.entry(self.share.weight(member)).or_default() += 1;
        }
    }

    /// How a team ended.
    pub(super) fn outcome_of(&self, member: &Membership) -> Option<Outcome> {
        self.teams.get(&member.name).map(|it| it.outcome)
    }

    /// Everybody who is placed where it matters how many are, teams included.
    pub(super) fn contenders(&self) -> Contenders {
        let mut contenders = self.alone.clone();
        for team in self.teams.values() {
            count(&mut contenders, team.outcome, self.last_counted);
        }
        contenders
    }

    pub(super) fn opponent_factor(&self, competitor: &Competitor) -> TenThousandths {
        if !competitor.standing.outcome.competed() {
            return TenThousandths::ONE;
        }
        let own = self.baseline_sum(&competitor.baseline);
        let member = competitor.standing.team.as_ref();
        let team = member.and_then(|it| self.teams.get(&it.name)).map(|it| &it.baseline);
        let mut alone = FieldBaseline::default();
        alone.add(own);
        self.all.factor_against(own, team.unwrap_or(&alone))
    }

    fn baseline_sum(&self, baseline: &Baseline) -> i64 {
        self.skills.iter().map(|it| i64::from(baseline.of(it).units())).sum()
    }
}

/// What a team ended as, of all that its members did: the least.
fn merit(outcome: Outcome) -> (u32, u32) {
    match outcome {
        Outcome::Placed(placement) => (0, placement.rank()),
        Outcome::Unplaced => (1, 0),
        Outcome::Disqualified => (2, 0),
        Outcome::Absent => (3, 0),
    }
}

fn count(contenders: &mut Contenders, outcome: Outcome, last_counted: u32) {
    let rank = outcome.placement().map(crate::Placement::rank);
    if let Some(rank) = rank.filter(|it| *it <= last_counted) {
        *contenders.entry(rank).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{MatchRecord, MemberWeight, Placement, PlayerId, Standing};

    /// Players of the placements from 1 on, where there are teams three to a team and its placement.
    fn survey(sections: Value, size: u32) -> FieldSurvey {
        let mut document = json!({ "version": 1 });
        if let (Value::Object(whole), Value::Object(sections)) = (&mut document, sections) {
            whole.extend(sections);
        }
        let policy = RewardPolicy::from_document(&document).unwrap();
        let in_teams = document.get("teams").is_some();
        let mut survey = FieldSurvey::new(&policy, size);
        for n in 0..size {
            let weight = MemberWeight::new(n % 3 + 1).unwrap();
            let team = Membership { name: format!("team {}", n / 3), weight };
            let rank = if in_teams { n / 3 } else { n } + 1;
            let standing = Standing {
                player: PlayerId::of(&n.to_string()),
                team: Some(team).filter(|_| in_teams),
                outcome: Outcome::Placed(Placement::new(rank).unwrap()),
                record: MatchRecord::default(),
                measured: None,
            };
            survey.add(&Competitor { standing, baseline: Baseline::default() });
        }
        survey
    }

    #[test]
    fn a_survey_holds_placements_that_share_a_prize_and_no_others() {
        let pool =
            json!({ "credits": { "amount": 9, "weights": [{ "from": 1, "to": 5, "weight": 1 }] } });

        let sizes = [
            survey(json!({}), 3_000),
            survey(json!({ "pool": pool }), 3_000),
            survey(json!({ "tied_prizes": "split" }), 3_000),
        ]
        .map(|it| it.alone.len());

        assert_eq!(sizes, [0, 5, 3]);
    }

    #[test]
    fn a_survey_holds_a_team_once_and_its_weights_only_where_they_count() {
        let members = |share: &str| {
            let survey = survey(json!({ "teams": { "share": share } }), 3_000);
            assert_eq!((survey.teams.len(), survey.alone.len()), (1_000, 0));
            survey.teams.values().map(|it| it.members.len()).max()
        };

        assert_eq!(["each", "equal", "weighted"].map(members), [Some(0), Some(1), Some(3)]);
    }
}
