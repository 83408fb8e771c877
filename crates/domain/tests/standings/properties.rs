//! What holds for the standings of any ranked list.

use std::collections::BTreeSet;

use domain::{
    Better, Finish, OnDuplicate, OnGap, Outcome, Placement, PlayerId, RankedEntry, RankedList,
    Results, Standings, StandingsRules, TieBreak, TieRule, standings,
};
use proptest::prelude::*;

const LENIENT: StandingsRules = StandingsRules {
    ties: TieRule::Skip,
    tie_break: TieBreak::Lower,
    points: domain::LeaguePoints { win: 3, draw: 1, loss: 0 },
    on_duplicate: OnDuplicate::Best,
    on_gap: OnGap::Close,
};

proptest! {
    #[test]
    fn standings_do_not_depend_on_the_order_of_the_rows(
        (rows, shuffled) in rows().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        prop_assert_eq!(ranked(rows, LENIENT), ranked(shuffled, LENIENT));
    }

    #[test]
    fn a_rank_is_one_more_than_the_number_of_those_strictly_better(rows in rows()) {
        let standings = ranked(rows, LENIENT);

        let ranks: Vec<u32> = placed(&standings).map(|(_, rank)| rank).collect();
        for rank in &ranks {
            prop_assert_eq!(*rank as usize, 1 + ranks.iter().filter(|it| *it < rank).count());
        }
    }

    #[test]
    fn dense_ranks_leave_none_out(rows in rows()) {
        let standings = ranked(rows, StandingsRules { ties: TieRule::Dense, ..LENIENT });

        let ranks: BTreeSet<u32> = placed(&standings).map(|(_, rank)| rank).collect();
        prop_assert!(ranks.into_iter().zip(1..).all(|(rank, next)| rank == next));
    }

    #[test]
    fn ranks_keep_the_order_of_the_values(values in prop::collection::vec(-50_i32..50, 1..40)) {
        let standings = standings(&measured(&values), &StandingsRules::default()).unwrap();

        let ranks: Vec<(i32, u32)> = values
            .iter()
            .zip(0..)
            .map(|(value, number)| (*value, rank_of(&standings, player(number))))
            .collect();
        for (value, rank) in &ranks {
            for (other_value, other_rank) in &ranks {
                prop_assert_eq!(value.cmp(other_value), rank.cmp(other_rank));
            }
        }
    }

    #[test]
    fn standings_read_back_as_a_list_are_themselves(rows in rows()) {
        let first = ranked(rows, LENIENT);

        let again: Vec<_> = placed(&first)
            .map(|(player, rank)| (player, Finish::Marked(Placement::new(rank).unwrap())))
            .collect();
        prop_assume!(!again.is_empty());
        let strict = ranked(again, StandingsRules::default());
        prop_assert!(placed(&strict).eq(placed(&first)));
    }
}

type Row = (PlayerId, Finish<Placement>);

/// Few players and few placements, so that ties, gaps and duplicates abound.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let finish = prop_oneof![
        6 => (1_u32..12).prop_map(|it| Finish::Marked(Placement::new(it).expect("ranks count from 1"))),
        1 => Just(Finish::Unplaced),
        1 => Just(Finish::Disqualified),
        1 => Just(Finish::Absent),
    ];
    prop::collection::vec(((0_u32..20).prop_map(player), finish), 1..40)
}

fn player(number: u32) -> PlayerId {
    PlayerId::of(&number.to_string())
}

fn ranked(rows: Vec<Row>, rules: StandingsRules) -> Standings {
    let entries = rows.into_iter().map(|(player, finish)| RankedEntry::new(player, finish));
    standings(&Results::Ranked(RankedList::Placements(entries.collect())), &rules)
        .expect("standings")
}

fn measured(values: &[i32]) -> Results {
    let entries = values.iter().zip(0..).map(|(value, number)| {
        RankedEntry::new(player(number), Finish::Marked(f64::from(*value) / 8.0))
    });
    Results::Ranked(RankedList::Measured { better: Better::Lower, entries: entries.collect() })
}

fn placed(standings: &Standings) -> impl Iterator<Item = (PlayerId, u32)> {
    standings.entries().iter().filter_map(|it| match it.outcome {
        Outcome::Placed(placement) => Some((it.player, placement.rank())),
        _ => None,
    })
}

fn rank_of(standings: &Standings, player: PlayerId) -> u32 {
    placed(standings).find(|(it, _)| *it == player).map(|(_, rank)| rank).expect("a placement")
}
