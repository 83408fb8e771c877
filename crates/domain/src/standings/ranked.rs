//! Standings of a ranked list that is held.

use std::convert::Infallible;

use super::{
    StandingsRules,
    listing::{Listing, Unranked},
    ranked_field::RankedField,
    sorter::{Held, HeldRows},
};
use crate::{RankedList, ResultsProblem, Standings};

pub(super) fn standings(
    list: &RankedList,
    rules: &StandingsRules,
) -> Result<Standings, Vec<ResultsProblem>> {
    match ranked(list, *rules) {
        Ok(field) => Ok(Standings::new(field.standings().flatten().collect())),
        Err(Unranked::Problems { first, .. }) => Err(first),
        Err(Unranked::Lost(never)) => match never {},
    }
}

fn ranked(
    list: &RankedList,
    rules: StandingsRules,
) -> Result<RankedField<HeldRows>, Unranked<Infallible>> {
    match list {
        RankedList::Placements(entries) => {
            let mut listing = Listing::of_placements(rules, Held, usize::MAX);
            for (row, entry) in entries.iter().enumerate() {
                listing.push(row, entry)?;
            }
            listing.rank()
        }
        RankedList::Measured { better, entries } => {
            let mut listing = Listing::of_values(*better, rules, Held, usize::MAX);
            for (row, entry) in entries.iter().enumerate() {
                listing.push(row, entry)?;
            }
            listing.rank()
        }
    }
}
