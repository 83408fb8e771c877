//! What the members of each team get of its prize.

use std::collections::BTreeMap;

use crate::{
    Membership, Reward, TeamShare,
    split::{Claim, Split},
};

/// How many competing members of each weight a team has. One weight where weights do not matter.
pub(crate) type Members = BTreeMap<u32, u32>;

/// What is left for the members of one team.
#[derive(Debug, Clone)]
pub(crate) enum TeamPrize {
    /// Each gets all of it.
    Each(Reward),
    /// They share it.
    Shared(Box<[Split; 3]>),
}

impl TeamShare {
    /// What a member counts when a prize is shared in this way.
    pub(crate) fn weight(self, member: &Membership) -> u32 {
        match self {
            Self::Each | Self::Equal => 1,
            Self::Weighted => member.weight.get(),
        }
    }
}

impl TeamPrize {
    /// What a team has won, to be shared by `members`; by nobody means that each has all of it.
    pub(crate) fn of(prize: Reward, members: &Members) -> Self {
        if members.is_empty() {
            return Self::Each(prize);
        }
        let claims = members.iter().map(|(weight, count)| Claim { weight: *weight, count: *count });
        let Reward { xp_base, xp_bonus, credits } = prize;
        let split = |amount| Split::of(amount, claims.clone());
        Self::Shared(Box::new([xp_base, xp_bonus, credits].map(split)))
    }

    /// What the next member by ascending player id gets, who counts `weight`.
    pub(crate) fn next(&mut self, weight: u32) -> Reward {
        match self {
            Self::Each(prize) => *prize,
            Self::Shared(amounts) => {
                let parts = amounts.each_mut().map(|it| it.part(weight));
                let [xp_base, xp_bonus, credits] = parts;
                Reward { xp_base, xp_bonus, credits }
            }
        }
    }
}
