//! From results to standings: who ended where.

mod bracket;
mod gaps;
mod knockout;
mod ladder;
mod league;
mod matches;
mod ranked;
mod scores;
mod teams;

pub(crate) use self::scores::GOALS_MAX;

use serde::{Deserialize, Serialize};

use crate::{Results, ResultsProblem, Standings};

/// How results are read.
///
/// Ties and points belong to the reward policy; the other two are a decision about one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StandingsRules {
    /// How equals are ranked.
    pub ties: TieRule,
    /// What a match is worth in a league or group.
    pub points: LeaguePoints,
    /// What a participant who is listed twice means.
    pub on_duplicate: OnDuplicate,
    /// What a placement that nobody has means.
    pub on_gap: OnGap,
}

/// How equals are ranked. They always share the better placement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// 1, 2, 2, 4: a placement is 1 + the number of those who ended better.
    #[default]
    Skip,
    /// 1, 2, 2, 3: a placement is 1 + the number of better placements.
    Dense,
}

/// What a match is worth in a league or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct LeaguePoints {
    /// To the side with more goals.
    pub win: u32,
    /// To each side of a level match, whoever won a shoot-out.
    pub draw: u32,
    /// To the side with fewer goals.
    pub loss: u32,
}

impl Default for LeaguePoints {
    fn default() -> Self {
        Self { win: 3, draw: 1, loss: 0 }
    }
}

/// What a participant who is listed twice in a ranked list means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OnDuplicate {
    /// A mistake.
    #[default]
    Refuse,
    /// Somebody who started twice (shared a car, say): the better [`Finish`](crate::Finish) counts.
    Best,
}

/// What a placement that nobody has means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OnGap {
    /// A row is missing.
    #[default]
    Refuse,
    /// Whoever had it was taken out: those behind move up.
    Close,
}

/// Ranks everybody in `results`, or says all that is wrong with them.
pub fn standings(
    results: &Results,
    rules: &StandingsRules,
) -> Result<Standings, Vec<ResultsProblem>> {
    match results {
        Results::Ranked(list) => ranked::standings(list, rules),
        Results::Matches(matches) => matches::standings(matches, rules),
    }
}
