//! Amounts that are shared out among the placed.

use domain::{Finish, RankedEntry};
use serde_json::{Value, json};

use crate::field::{credits, credits_of, ids, members, placed, players, policy, rewards};

fn pool(amount: i64, weights: &Value) -> domain::RewardPolicy {
    policy(json!({ "pool": { "credits": { "amount": amount, "weights": weights } } }))
}

#[test]
fn a_pool_is_shared_by_weight_down_to_the_last_unit() {
    let policy = pool(
        1_000,
        &json!([
            { "from": 1, "weight": 5 },
            { "from": 2, "weight": 3 },
            { "from": 3, "to": 4, "weight": 1 },
        ]),
    );

    assert_eq!(credits_of(&policy, players(&[1, 2, 3, 4, 5])), [500, 300, 100, 100, 0]);
    assert_eq!(credits_of(&policy, players(&[1, 2, 3])), [556, 333, 111]);
}

#[test]
fn what_is_left_over_goes_to_the_largest_fraction_then_to_the_better_placement() {
    // 10 by 7, 5, 3 is exactly 4.67, 3.33 and 2.
    let weights = json!([
        { "from": 1, "weight": 7 }, { "from": 2, "weight": 5 }, { "from": 3, "weight": 3 },
    ]);
    assert_eq!(credits_of(&pool(10, &weights), players(&[3, 1, 2])), [2, 5, 3]);

    let equal = pool(8, &json!([{ "from": 1, "to": "last", "weight": 1 }]));
    assert_eq!(credits_of(&equal, players(&[3, 1, 2])), [2, 3, 3]);
}

#[test]
fn those_who_tie_weigh_the_same_and_the_first_by_id_has_the_odd_unit() {
    let policy = pool(100, &json!([{ "from": 1, "weight": 2 }, { "from": 2, "weight": 1 }]));

    assert_eq!(credits_of(&policy, players(&[2, 1, 2, 2])), [20, 40, 20, 20]);
    assert_eq!(credits_of(&policy, players(&[2, 2, 1])), [25, 25, 50]);
    let policy = pool(101, &json!([{ "from": 1, "weight": 1 }]));
    assert_eq!(credits_of(&policy, players(&[2, 1, 1, 1])), [0, 34, 34, 33]);
}

#[test]
fn a_percentage_shares_a_pool_among_the_best_of_the_field() {
    let policy = pool(100, &json!([{ "top_percent": 40, "weight": 1 }]));

    assert_eq!(credits_of(&policy, players(&[1, 2, 3, 4, 5])), [50, 50, 0, 0, 0]);
}

#[test]
fn a_pool_comes_on_top_of_what_a_placement_is_worth() {
    let policy = policy(json!({
        "tiers": [credits(json!({ "from": 1 }), 10)],
        "pool": {
            "credits": { "amount": 9, "weights": [{ "from": 1, "to": 2, "weight": 1 }] },
            "xp": { "amount": 7, "weights": [{ "from": 2, "weight": 1 }] },
        },
    }));

    let rewards = rewards(&policy, players(&[1, 2]));

    assert_eq!(
        rewards.iter().map(|it| (it.credits, it.xp())).collect::<Vec<_>>(),
        [(15, 0), (4, 7)]
    );
}

#[test]
fn nobody_shares_a_pool_whose_places_nobody_has() {
    let policy = pool(100, &json!([{ "from": 4, "to": 9, "weight": 1 }]));

    assert_eq!(credits_of(&policy, players(&[1, 2, 3])), [0, 0, 0]);
    assert_eq!(credits_of(&policy, players(&[1, 2, 3, 4])), [0, 0, 0, 100]);
}

#[test]
fn whoever_is_not_placed_has_no_part_of_a_pool() {
    let policy = pool(100, &json!([{ "from": 1, "to": "last", "weight": 1 }]));
    let finishes = [Finish::Unplaced, placed(1), Finish::Disqualified, Finish::Absent, placed(2)];
    let entries = ids().zip(finishes).map(|(id, finish)| RankedEntry::new(id, finish)).collect();

    assert_eq!(credits_of(&policy, entries), [0, 50, 0, 0, 50]);
}

#[test]
fn a_team_has_one_part_of_a_pool() {
    let policy = policy(json!({
        "pool": { "credits": { "amount": 101, "weights": [{ "from": 1, "to": 2, "weight": 1 }] } },
        "teams": { "share": "equal" },
    }));
    let field =
        members(&[("red", 1, 1), ("blue", 1, 1), ("red", 1, 1), ("blue", 1, 1), ("red", 1, 1)]);

    // Blue comes first by name: 51 and 50 for red.
    assert_eq!(credits_of(&policy, field), [17, 26, 17, 25, 16]);
}
