//! The plan: standings and policy in, awards out, named by a hash and frozen before anybody is paid.

mod hasher;
mod planner;
mod survey;
mod team_check;

pub use self::{
    hasher::PlanHasher,
    planner::{OutOfOrder, RewardPlanner},
    survey::FieldSurvey,
    team_check::{TeamCheck, TeamFault},
};
use crate::{Baseline, Standing};

/// One participant with what the plan needs to know of the player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competitor {
    /// How it ended.
    pub standing: Standing,
    /// Where the player's skills started.
    pub baseline: Baseline,
}
