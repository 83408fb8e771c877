//! Whether the awards of a tournament of teams are those of teams.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{Outcome, PlannedAward, PlayerId, Reward, RewardPolicy, TeamShare};

/// Looks at the awards of one plan, in any order, for those that do not fit their team. It holds one
/// entry for each team, and in it one for each weight where the prize is shared by weight.
#[derive(Debug, Clone)]
pub struct TeamCheck {
    share: TeamShare,
    field_size: u32,
    teams: BTreeMap<String, Team>,
    /// Somebody who competes for no team.
    alone: Option<PlayerId>,
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TeamFault {
    /// A team ends as one.
    #[error("{player} ended otherwise than {mate} of the same team `{team}`")]
    Divided {
        /// Who.
        player: PlayerId,
        /// Another member.
        mate: PlayerId,
        /// Their team.
        team: String,
    },
    /// Members who count the same get the same, but for a unit that could not be divided.
    #[error("{player} gets another part of what `{team}` has won than {mate}, who counts as much")]
    Unequal {
        /// Who.
        player: PlayerId,
        /// Another member.
        mate: PlayerId,
        /// Their team.
        team: String,
    },
    /// Teams play for themselves, or nobody does.
    #[error("{player} competes for no team among teams")]
    Alone {
        /// Who.
        player: PlayerId,
    },
    /// The field is counted in teams.
    #[error("{teams} teams compete in a field of {field_size}")]
    Field {
        /// Competing teams.
        teams: u32,
        /// What the tournament says.
        field_size: u32,
    },
}

/// A team as far as its awards have been seen.
#[derive(Debug, Clone, Default)]
struct Team {
    ended: Option<(PlayerId, Outcome)>,
    /// By what they count: a member, and the least and the most that any of them gets.
    parts: BTreeMap<u32, (PlayerId, Span)>,
}

/// From the least to the most, amount by amount.
#[derive(Debug, Clone, Copy)]
struct Span([(i64, i64); 3]);

impl TeamCheck {
    /// No award seen yet, of a tournament with this policy and field.
    #[must_use]
    pub fn new(policy: &RewardPolicy, field_size: u32) -> Self {
        Self { share: policy.teams().share, field_size, teams: BTreeMap::new(), alone: None }
    }

    /// Looks at one more award. Whoever was struck from the results alone has no part in what the
    /// team has won, but keeps it in the field.
    pub fn add(&mut self, award: &PlannedAward) -> Result<(), TeamFault> {
        let PlannedAward { player, team, evidence, reward } = award;
        if !evidence.outcome.competed() {
            return Ok(());
        }
        let Some(member) = team else {
            self.alone = self.alone.or(Some(*player));
            return Ok(());
        };
        let team = self.teams.entry(member.name.clone()).or_default();
        if evidence.outcome == Outcome::Disqualified {
            return Ok(());
        }
        let (player, name) = (*player, || member.name.clone());
        let (mate, ended) = *team.ended.get_or_insert((player, evidence.outcome));
        if ended != evidence.outcome {
            return Err(TeamFault::Divided { player, mate, team: name() });
        }
        let part = team.parts.entry(self.share.weight(member));
        let (mate, span) = part.or_insert((player, Span::of(*reward)));
        let wider = span.with(*reward);
        if wider.width() > self.share.odd_units() {
            return Err(TeamFault::Unequal { player, mate: *mate, team: name() });
        }
        *span = wider;
        Ok(())
    }

    /// Looks at the field as a whole, once every award has been seen. A tournament without teams,
    /// and one whose plan is from before plans named them, has nothing that could not fit.
    pub fn finish(self) -> Result<(), TeamFault> {
        let teams = u32::try_from(self.teams.len()).unwrap_or(u32::MAX);
        match (teams, self.alone) {
            (0, _) => Ok(()),
            (_, Some(player)) => Err(TeamFault::Alone { player }),
            (_, None) if teams == self.field_size => Ok(()),
            (_, None) => Err(TeamFault::Field { teams, field_size: self.field_size }),
        }
    }
}

impl TeamShare {
    /// How many units two equal parts of one amount may differ by.
    fn odd_units(self) -> u64 {
        match self {
            Self::Each => 0,
            Self::Equal | Self::Weighted => 1,
        }
    }
}

impl Span {
    fn of(reward: Reward) -> Self {
        let Reward { xp_base, xp_bonus, credits } = reward;
        Self([xp_base, xp_bonus, credits].map(|it| (it, it)))
    }

    fn with(self, reward: Reward) -> Self {
        let mut wider = Self::of(reward);
        for ((low, high), (lower, higher)) in wider.0.iter_mut().zip(self.0) {
            (*low, *high) = ((*low).min(lower), (*high).max(higher));
        }
        wider
    }

    fn width(self) -> u64 {
        self.0.map(|(low, high)| high.abs_diff(low)).into_iter().max().unwrap_or_default()
    }
}
