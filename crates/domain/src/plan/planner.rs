//! From one participant to one award.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Competitor, FieldSurvey};
use crate::{
    Evidence, Membership, PlannedAward, PlayerId, Reward, RewardPolicy, Standing, match_modifier,
    prizes::PrizeList, team_prizes::TeamPrize,
};

/// Makes the awards of one tournament. A pure function of frozen results and policy.
///
/// What cannot be divided goes to the first of several equals by player id, so that the planner has
/// to meet them in that order; it refuses any other.
#[derive(Debug, Clone)]
pub struct RewardPlanner<'a> {
    policy: &'a RewardPolicy,
    survey: FieldSurvey,
    prizes: PrizeList<'a>,
    teams: BTreeMap<String, TeamPrize>,
    last: Option<PlayerId>,
}

/// A participant was planned behind somebody with a greater id, or twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("player {player} was planned behind player {last}, but a plan goes by ascending player id")]
pub struct OutOfOrder {
    /// Who was to be planned.
    pub player: PlayerId,
    /// Who was planned before.
    pub last: PlayerId,
}

impl<'a> RewardPlanner<'a> {
    /// Plans for a field that has been surveyed whole.
    #[must_use]
    pub fn new(policy: &'a RewardPolicy, survey: FieldSurvey) -> Self {
        let mut prizes = PrizeList::of(policy, survey.field_size, &survey.contenders());
        // By name, so that what cannot be divided goes to the first team by name.
        let teams = survey.teams.iter().map(|(name, team)| {
            (name.clone(), TeamPrize::of(prizes.next(team.outcome), &team.members))
        });
        let teams = teams.collect();
        Self { policy, survey, prizes, teams, last: None }
    }

    /// What the next participant in ascending player id is owed, and the evidence for it.
    pub fn award(&mut self, competitor: &Competitor) -> Result<PlannedAward, OutOfOrder> {
        let Standing { player, team, outcome, record, measured } = &competitor.standing;
        self.go_on_to(*player)?;
        let evidence = Evidence {
            outcome: *outcome,
            field_size: self.survey.field_size,
            opponent_factor: self.survey.opponent_factor(competitor),
            match_modifier: match_modifier(record),
            record: *record,
            measured: *measured,
        };
        let reward = self.policy.limits().within(self.reward(&competitor.standing));
        Ok(PlannedAward { player: *player, team: team.clone(), evidence, reward })
    }

    fn go_on_to(&mut self, player: PlayerId) -> Result<(), OutOfOrder> {
        if let Some(last) = self.last.filter(|last| *last >= player) {
            return Err(OutOfOrder { player, last });
        }
        self.last = Some(player);
        Ok(())
    }

    /// A member who did not compete, or was struck from the results alone, has no part in what the
    /// team has won.
    fn reward(&mut self, standing: &Standing) -> Reward {
        let Standing { team, outcome, .. } = standing;
        let ended = |it: &&Membership| self.survey.outcome_of(it) == Some(*outcome);
        let member = team.as_ref().filter(ended);
        match member.and_then(|it| Some((it, self.teams.get_mut(&it.name)?))) {
            Some((member, prize)) => prize.next(self.policy.teams().share.weight(member)),
            None => self.prizes.next(*outcome),
        }
    }
}
