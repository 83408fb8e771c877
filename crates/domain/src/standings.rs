//! From results to standings: who ended where.

mod bracket;
mod disqualified;
mod duplicates;
mod field_row;
mod gaps;
mod knockout;
mod ladder;
mod league;
mod listing;
mod matches;
mod places;
mod problem_list;
mod ranked;
mod ranked_field;
mod scores;
mod sorter;
mod team_names;
mod teams;
mod tie_breaks;

pub(crate) use self::scores::GOALS_MAX;
pub use self::{
    field_row::{FieldRow, RowOrder},
    listing::{Listing, Unranked},
    ranked_field::RankedField,
    sorter::{Pile, SortedRows, Sorter},
};

use serde::{Deserialize, Serialize};

use crate::{Results, ResultsProblem, Standings};

/// How results are read.
///
/// Ties and points belong to the reward policy; the other two are a decision about one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StandingsRules {
    /// How equals are ranked.
    pub ties: TieRule,
    /// What decides between them, where something has to.
    pub tie_break: TieBreak,
    /// What a match is worth in a league or group.
    pub points: LeaguePoints,
    /// What a participant who is listed twice means.
    pub on_duplicate: OnDuplicate,
    /// What a placement that nobody has means.
    pub on_gap: OnGap,
}

/// How equals are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// 1, 2, 2, 4: they share the better placement, 1 + the number of those who ended better.
    #[default]
    Skip,
    /// 1, 2, 2, 3: they share a placement, 1 + the number of better placements.
    Dense,
    /// 1, 2, 3, 4: a [tie-break](TieBreak) decides; results that it leaves open are refused.
    Ordinal,
}

/// What decides between equals where every place is taken once, under [`TieRule::Ordinal`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    /// The smaller tie-break value of a ranked list is the better one.
    #[default]
    Lower,
    /// The greater one is.
    Higher,
    /// Whoever stands first in the results is the better one: in a ranked list by row, in matches by
    /// the first match, the home side first.
    Listed,
}

impl TieBreak {
    /// Whether it is the usual way.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
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
