//! What holds of every policy and every field.
//!
//! 512 cases of each law, 50,000 with `GUERDON_EXHAUSTIVE=1`.

use std::collections::BTreeSet;

use domain::{
    Outcome, PlannedAward, Pool, Reward, RewardPolicy, Standings, TeamCheck, TeamShare, TiedPrizes,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::field::{self, Entry, by_team, ended, hash, planned, sum};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_parts_of_a_pool_are_the_pool_if_anybody_weighs_anything(
        sections in sections(), field in field(),
    ) {
        let with = policy(&sections, &[]);
        let without = policy(&sections, &["pool"]);
        let standings = ended(&with, field);

        let [paid, besides] = [&with, &without].map(|it| total(it, &standings));

        let expected = |pool: Option<&Pool>| pool.map_or(0, |it| shared_out(it, &with, &standings));
        prop_assert_eq!(paid.credits - besides.credits, expected(with.pools().credits.as_ref()));
        prop_assert_eq!(paid.xp_base - besides.xp_base, expected(with.pools().xp.as_ref()));
        prop_assert_eq!(paid.xp_bonus, besides.xp_bonus);
    }

    #[test]
    fn those_who_split_get_together_what_their_places_are_worth(
        sections in sections(), field in field(),
    ) {
        let policy = policy(&sections, &["pool"]);
        prop_assume!(policy.tied_prizes() == TiedPrizes::Split);
        let standings = ended(&policy, field);
        let awards = planned(&policy, &standings);

        for rank in ranks(&standings) {
            let tied: Vec<_> = of_rank(&awards, rank).collect();
            let places = (rank..).take(tied.len());
            let worth = |place| policy.reward(placed(place), standings.field_size());
            let worths: Vec<_> = places.map(worth).collect();
            prop_assert_eq!(sum(tied.iter().copied()), sum(&worths));
            prop_assert!(differ_by_one_at_most(&tied), "{:?}", tied);
        }
    }

    #[test]
    fn a_better_placement_never_gets_less(sections in sections(), field in field()) {
        let policy = policy(&sections, &[]);
        let awards = planned(&policy, &ended(&policy, field));

        let ranked: Vec<_> = awards.iter().filter_map(ranked).collect();
        for (better, more) in &ranked {
            for (_, less) in ranked.iter().filter(|(worse, _)| worse > better) {
                prop_assert!(more.xp_base >= less.xp_base && more.credits >= less.credits);
                prop_assert!(more.xp_bonus >= less.xp_bonus);
            }
        }
    }

    #[test]
    fn a_plan_does_not_depend_on_the_order_of_the_rows(
        sections in sections(),
        (field, shuffled) in field().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
    ) {
        prop_assume!(sections["ties"] != json!("ordinal"));
        let policy = policy(&sections, &[]);

        let plan = |field| hash(&policy, &planned(&policy, &ended(&policy, field)));

        prop_assert_eq!(plan(field), plan(shuffled));
    }

    #[test]
    fn the_members_of_a_team_get_together_what_it_has_won(
        sections in sections(), (rows, shares) in teams(),
    ) {
        let each = policy(&sections, &["limits"]);
        let mut shared = sections;
        shared["teams"] = json!({ "share": shares });
        let shared = policy(&shared, &["limits"]);
        let standings = ended(&each, rows);

        let [whole, parts] = [&each, &shared].map(|it| planned(it, &standings));

        let (whole, parts) = (by_team(&whole), by_team(&parts));
        for (team, members) in parts {
            prop_assert_eq!(sum(&members), whole[team][0], "{}", team);
            if shared.teams().share == TeamShare::Equal {
                prop_assert!(differ_by_one_at_most(&members.iter().collect::<Vec<_>>()));
            }
        }
    }

    #[test]
    fn every_plan_of_teams_fits_them(
        sections in sections(), (rows, _) in teams(),
        share in select(vec!["each", "equal", "weighted"]), struck in vec(any::<bool>(), 20),
    ) {
        let mut sections = sections;
        sections["teams"] = json!({ "share": share });
        let policy = policy(&sections, &[]);
        let struck = rows.iter().zip(struck).filter(|it| it.1).map(|it| it.0.player).collect();
        let ended = ended(&policy, rows);

        for standings in [ended.clone(), ended.with_disqualified(&struck, policy.ties())] {
            let mut check = TeamCheck::new(&policy, standings.field_size());
            for award in planned(&policy, &standings) {
                prop_assert_eq!(check.add(&award), Ok(()));
            }
            prop_assert_eq!(check.finish(), Ok(()));
        }
    }

    #[test]
    fn a_heavier_member_never_gets_less_than_a_lighter_one(
        sections in sections(), (rows, _) in teams(),
    ) {
        let mut sections = sections;
        sections["teams"] = json!({ "share": "weighted" });
        let policy = policy(&sections, &[]);

        let awards = planned(&policy, &ended(&policy, rows));

        for one in &awards {
            for other in awards.iter().filter(|it| same_team(it, one) && weight(it) > weight(one)) {
                prop_assert!(other.reward.credits >= one.reward.credits);
                prop_assert!(other.reward.xp() >= one.reward.xp());
            }
        }
    }

    #[test]
    fn nobody_gets_less_than_the_floor_or_more_than_the_cap(
        sections in sections(), field in field(), low in 0_i64..40, span in 0_i64..40,
    ) {
        let bounds = json!({ "floor": low, "cap": low + span });
        let mut sections = sections;
        sections["limits"] = json!({ "xp": bounds, "credits": bounds });
        let policy = policy(&sections, &[]);

        for award in planned(&policy, &ended(&policy, field)) {
            let Reward { xp_base, xp_bonus, credits } = award.reward;
            prop_assert!(xp_base >= 0 && xp_bonus >= 0);
            if award.reward != Reward::default() {
                prop_assert!((low..=low + span).contains(&credits));
                prop_assert!((low..=low + span).contains(&award.reward.xp()));
            }
        }
    }

    #[test]
    fn each_style_ranks_as_its_name_says(field in field()) {
        let [skip, dense, ordinal] = ["skip", "dense", "ordinal"].map(|ties| {
            let mut sections = json!({ "ties": ties });
            if ties == "ordinal" {
                sections["tie_break"] = json!("listed");
            }
            all_ranks(&ended(&field::policy(sections), field.clone()))
        });

        let size = u32::try_from(ordinal.len()).unwrap();
        let mut taken: Vec<_> = ordinal.clone();
        taken.sort_unstable();
        prop_assert!(taken.into_iter().eq(1..=size), "every place is taken once: {:?}", ordinal);
        for ((a, b), c) in skip.iter().zip(&dense).zip(&ordinal) {
            let better = skip.iter().filter(|it| *it < a).count();
            let places: BTreeSet<_> = skip.iter().filter(|it| *it < a).collect();
            prop_assert_eq!(*a as usize, better + 1);
            prop_assert_eq!(*b as usize, places.len() + 1);
            let level = skip.iter().filter(|it| *it == a).count();
            prop_assert!((better + 1..=better + level).contains(&(*c as usize)));
        }
    }
}

fn config() -> ProptestConfig {
    let exhaustive = std::env::var_os("GUERDON_EXHAUSTIVE").is_some_and(|it| it == "1");
    ProptestConfig::with_cases(if exhaustive { 50_000 } else { 512 })
}

/// Sections in which a better place is never worth less; no limits.
fn sections() -> impl Strategy<Value = Value> {
    let ties = select(vec![
        ("skip", "better"),
        ("skip", "split"),
        ("dense", "better"),
        ("ordinal", "split"),
    ]);
    (tiers(), ties, pool(), pool()).prop_map(|(tiers, (ties, tied_prizes), xp, credits)| {
        let mut sections = json!({ "tiers": tiers, "ties": ties, "tied_prizes": tied_prizes });
        if ties == "ordinal" {
            sections["tie_break"] = json!("listed");
        }
        let pools = [("xp", xp), ("credits", credits)];
        let pools: serde_json::Map<_, _> =
            pools.into_iter().filter_map(|(name, pool)| Some((name.to_owned(), pool?))).collect();
        if !pools.is_empty() {
            sections["pool"] = Value::Object(pools);
        }
        sections
    })
}

fn tiers() -> impl Strategy<Value = Vec<Value>> {
    let amounts = (0_i64..60, 0_i64..60, 0_u32..9);
    (places(), vec(amounts, 4)).prop_map(|(places, amounts)| {
        let (mut xp, mut credits, mut skill_points) = (200, 200, 30_u32);
        let tier = |(place, amount): (Value, (i64, i64, u32))| {
            xp = (xp - amount.0).max(0);
            credits = (credits - amount.1).max(0);
            skill_points = skill_points.saturating_sub(amount.2);
            merged(place, json!({ "xp": xp, "credits": credits, "skill_points": skill_points }))
        };
        places.into_iter().zip(amounts).map(tier).collect()
    })
}

fn pool() -> impl Strategy<Value = Option<Value>> {
    let pool = (0_i64..2_000, places(), vec(0_i64..7, 4)).prop_map(|(amount, places, steps)| {
        let mut weight = 25;
        let weighted = |(place, step): (Value, i64)| {
            weight -= step;
            merged(place, json!({ "weight": weight }))
        };
        let weights: Vec<_> = places.into_iter().zip(steps).map(weighted).collect();
        json!({ "amount": amount, "weights": weights })
    });
    proptest::option::of(pool)
}

/// One to four ranges or percentages, best first: a later one ends further down than those before.
fn places() -> impl Strategy<Value = Vec<Value>> {
    let ranges = vec((1_u32..4, any::<bool>()), 1..=4).prop_map(|lengths| {
        let mut from = 1;
        let last = lengths.len() - 1;
        let range = |(n, (length, open)): (usize, (u32, bool))| {
            let to = if open && n == last { json!("last") } else { json!(from + length - 1) };
            let range = json!({ "from": from, "to": to });
            from += length;
            range
        };
        lengths.into_iter().enumerate().map(range).collect()
    });
    let percents = vec(1_u32..400, 1..=4).prop_map(|steps| {
        let mut quarters = 0_u32;
        let percent = |step: u32| {
            quarters = (quarters + step).min(400);
            quarters
        };
        let mut all: Vec<_> = steps.into_iter().map(percent).collect();
        all.dedup();
        all.into_iter().map(|it| json!({ "top_percent": f64::from(it) / 4.0 })).collect()
    });
    prop_oneof![2 => ranges, 1 => percents]
}

/// Up to 24 players, of whom many tie and some are not placed.
fn field() -> impl Strategy<Value = Vec<Entry>> {
    vec(finish(), 1..24).prop_map(|finishes| {
        let rows = field::ids().zip(finishes);
        rows.map(|(id, finish)| domain::RankedEntry::new(id, finish)).collect()
    })
}

/// Up to five teams with members of every weight, and how they share.
fn teams() -> impl Strategy<Value = (Vec<Entry>, &'static str)> {
    let rows = vec((0_usize..5, 1_u32..9), 1..20);
    (rows, vec(finish(), 5), select(vec!["equal", "weighted"])).prop_map(|(rows, ends, share)| {
        let names = ["red", "blue", "green", "white", "black"];
        let rows: Vec<_> =
            rows.into_iter().map(|(team, weight)| (team, names[team], weight)).collect();
        let members: Vec<_> = rows.iter().map(|(_, name, weight)| (*name, 1, *weight)).collect();
        let mut entries = field::members(&members);
        for (entry, (team, ..)) in entries.iter_mut().zip(&rows) {
            entry.finish = ends[*team];
        }
        (entries, share)
    })
}

fn finish() -> impl Strategy<Value = domain::Finish<domain::Placement>> {
    prop_oneof![
        9 => (1_u32..9).prop_map(field::placed),
        1 => select(vec![
            domain::Finish::Unplaced,
            domain::Finish::Disqualified,
            domain::Finish::Absent,
        ]),
    ]
}

fn policy(sections: &Value, without: &[&str]) -> RewardPolicy {
    let mut sections = sections.clone();
    for name in without {
        sections.as_object_mut().unwrap().remove(*name);
    }
    field::policy(sections)
}

fn merged(mut one: Value, other: Value) -> Value {
    let (Value::Object(whole), Value::Object(part)) = (&mut one, other) else { unreachable!() };
    whole.extend(part);
    one
}

fn total(policy: &RewardPolicy, standings: &Standings) -> Reward {
    sum(&planned(policy, standings).into_iter().map(|it| it.reward).collect::<Vec<_>>())
}

/// All of it, if any place weighs anything that is taken; found out place by place.
fn shared_out(pool: &Pool, policy: &RewardPolicy, standings: &Standings) -> i64 {
    let ranks = all_ranks(standings);
    let taken = |place: &u32| {
        let level = |rank: u32| ranks.iter().filter(|it| **it == rank).count();
        let split = policy.tied_prizes() == TiedPrizes::Split;
        let reach = |rank: u32| if split { level(rank) } else { 1 };
        ranks.iter().any(|it| (*it..).take(reach(*it)).any(|occupied| occupied == *place))
    };
    let mut places = 1..=standings.field_size();
    let anybody = places.any(|it| taken(&it) && pool.weight(it, standings.field_size()) > 0);
    if anybody { pool.amount } else { 0 }
}

fn differ_by_one_at_most(rewards: &[&Reward]) -> bool {
    let apart = |amount: fn(&Reward) -> i64| {
        let amounts = || rewards.iter().map(|it| amount(it));
        amounts().max().unwrap_or(0) - amounts().min().unwrap_or(0) <= 1
    };
    apart(|it| it.xp_base) && apart(|it| it.xp_bonus) && apart(|it| it.credits)
}

fn placed(rank: u32) -> Outcome {
    Outcome::Placed(domain::Placement::new(rank).unwrap())
}

fn ranks(standings: &Standings) -> BTreeSet<u32> {
    all_ranks(standings).into_iter().collect()
}

/// In ascending player id.
fn all_ranks(standings: &Standings) -> Vec<u32> {
    let placements = standings.entries().iter().filter_map(|it| it.outcome.placement());
    placements.map(domain::Placement::rank).collect()
}

fn of_rank(awards: &[PlannedAward], rank: u32) -> impl Iterator<Item = &Reward> {
    let of_rank = move |it: &&PlannedAward| it.evidence.outcome == placed(rank);
    awards.iter().filter(of_rank).map(|it| &it.reward)
}

fn ranked(award: &PlannedAward) -> Option<(u32, Reward)> {
    Some((award.evidence.outcome.placement()?.rank(), award.reward))
}

fn same_team(one: &PlannedAward, other: &PlannedAward) -> bool {
    let name = |it: &PlannedAward| it.team.as_ref().map(|it| it.name.clone());
    name(one) == name(other) && one.evidence.outcome.competed() && other.evidence.outcome.competed()
}

fn weight(award: &PlannedAward) -> u32 {
    award.team.as_ref().map_or(0, |it| it.weight.get())
}
