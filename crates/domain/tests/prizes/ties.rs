//! What those get who end level.

use domain::{RankedEntry, Reward};
use serde_json::{Value, json};

use crate::field::{Entry, credits, credits_of, members, players, policy, rewards};

fn table(sections: Value) -> domain::RewardPolicy {
    let mut whole = json!({ "tiers": [
        credits(json!({ "from": 1 }), 100),
        credits(json!({ "from": 2 }), 51),
        credits(json!({ "from": 3 }), 20),
    ] });
    let (Value::Object(all), Value::Object(sections)) = (&mut whole, sections) else {
        panic!("sections are an object")
    };
    all.extend(sections);
    policy(whole)
}

#[test]
fn usually_each_of_those_who_tie_gets_the_better_prize() {
    assert_eq!(credits_of(&table(json!({})), players(&[1, 2, 2, 4])), [100, 51, 51, 0]);
}

#[test]
fn those_who_split_share_the_prizes_of_the_places_that_they_occupy() {
    let policy = table(json!({ "tied_prizes": "split" }));

    // 51 + 20 = 71, the odd unit to the first by id.
    assert_eq!(credits_of(&policy, players(&[1, 2, 2, 4])), [100, 36, 35, 0]);
    // 20 + 0 + 0: the last prize is shared beyond the end of the table.
    assert_eq!(credits_of(&policy, players(&[1, 3, 3, 3, 2])), [100, 7, 7, 6, 51]);
    // Everybody wins 171 together.
    assert_eq!(credits_of(&policy, players(&[1, 1, 1, 1])), [43, 43, 43, 42]);
}

#[test]
fn a_split_keeps_apart_what_skill_points_have_added() {
    let policy = policy(json!({
        "tiers": [
            { "from": 1, "xp": 501, "credits": 1, "skill_points": 10 },
            { "from": 2, "xp": 300, "credits": 0, "skill_points": 0 },
        ],
        "tied_prizes": "split",
    }));

    let rewards = rewards(&policy, players(&[1, 1]));

    let reward = |xp_base, credits| Reward { xp_base, xp_bonus: 50, credits };
    assert_eq!(rewards, [reward(401, 1), reward(400, 0)]);
}

#[test]
fn a_pool_is_split_with_the_prizes_of_the_places() {
    let policy = policy(json!({
        "tied_prizes": "split",
        "pool": { "credits": {
            "amount": 100,
            "weights": [
                { "from": 1, "weight": 50 }, { "from": 2, "weight": 30 }, { "from": 3, "weight": 20 },
            ],
        } },
    }));

    assert_eq!(credits_of(&policy, players(&[1, 2, 2])), [50, 25, 25]);
    assert_eq!(credits_of(&policy, players(&[1, 2, 3, 3])), [50, 30, 10, 10]);
    assert_eq!(credits_of(&policy, players(&[1, 1, 1])), [34, 33, 33]);
}

#[test]
fn teams_that_tie_split_by_name() {
    let policy = table(json!({ "tied_prizes": "split" }));
    let field = members(&[("red", 1, 1), ("blue", 1, 1), ("red", 1, 1)]);

    assert_eq!(credits_of(&policy, field), [75, 76, 75]);
}

#[test]
fn a_tie_break_leaves_nothing_to_split() {
    let policy = table(json!({ "ties": "ordinal" }));
    let broken: Vec<Entry> = players(&[1, 1, 1])
        .into_iter()
        .zip([3.0, 1.0, 2.0])
        .map(|(entry, value)| RankedEntry { tie_break: Some(value), ..entry })
        .collect();

    assert_eq!(credits_of(&policy, broken), [20, 100, 51]);
}
