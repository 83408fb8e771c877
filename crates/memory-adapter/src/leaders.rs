//! Who leads over a set of tournaments.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use domain::{Outcome, Placement, PlayerId, TournamentId};
use ports::spi::{AwardRecord, LeaderMeasure, LeaderPlace, LeaderRecord};

use crate::{Rows, State};

/// Everybody who has been paid for any of `tournaments`, with ranks, most of `by` first.
pub(crate) fn of(
    state: &State,
    tournaments: &[TournamentId],
    by: LeaderMeasure,
) -> Vec<LeaderRecord> {
    let each: BTreeSet<&TournamentId> = tournaments.iter().collect();
    let mut sums = BTreeMap::new();
    for (player, record) in each.iter().filter_map(|it| state.awards.get(it)).flat_map(Rows::iter) {
        add(&mut sums, player, record);
    }
    let mut leaders: Vec<LeaderRecord> = sums.into_values().collect();
    leaders.sort_by_key(|it| order(it.place(by)));
    let mut last = None;
    for (place, it) in (1..).zip(&mut leaders) {
        let value = it.value(by);
        it.rank = match last {
            Some((rank, equal)) if equal == value => rank,
            _ => place,
        };
        last = Some((it.rank, value));
    }
    leaders
}

/// Whether a page that starts behind `after` may hold it.
pub(crate) fn is_behind(
    leader: &LeaderRecord,
    by: LeaderMeasure,
    after: Option<LeaderPlace>,
) -> bool {
    after.is_none_or(|it| order(leader.place(by)) > order(it))
}

fn order(place: LeaderPlace) -> (Reverse<(i64, i64)>, PlayerId) {
    (Reverse((place.value, place.xp)), place.player)
}

fn add(sums: &mut BTreeMap<PlayerId, LeaderRecord>, player: PlayerId, record: &AwardRecord) {
    let Some(paid) = record.award.paid else { return };
    let outcome = record.award.planned.evidence.outcome;
    let within = |rank| outcome.placement().is_some_and(|it: Placement| it.rank() <= rank);
    let it = sums.entry(player).or_insert(LeaderRecord {
        player,
        rank: 0,
        xp: 0,
        credits: 0,
        tournaments: 0,
        wins: 0,
        podiums: 0,
    });
    it.xp = it.xp.saturating_add(paid.xp);
    it.credits = it.credits.saturating_add(paid.credits);
    it.tournaments += u64::from(matches!(outcome, Outcome::Placed(_) | Outcome::Unplaced));
    it.wins += u64::from(within(1));
    it.podiums += u64::from(within(3));
}
