//! Tiers by range and by percentage, and limits.

use domain::{Percent, Reward};
use serde_json::json;

use crate::field::{credits, credits_of, players, policy, rewards};

#[test]
fn the_first_tier_that_fits_counts() {
    let policy = policy(json!({ "tiers": [
        credits(json!({ "from": 1 }), 100),
        credits(json!({ "from": 2, "to": 3 }), 50),
        credits(json!({ "top_percent": 50 }), 20),
        credits(json!({ "from": 4, "to": "last" }), 5),
    ] }));

    let credits = credits_of(&policy, players(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

    assert_eq!(credits, [100, 50, 50, 20, 20, 5, 5, 5, 5, 5]);
}

#[test]
fn a_percentage_of_the_field_is_rounded_up() {
    let policy = policy(json!({ "tiers": [credits(json!({ "top_percent": 12.5 }), 9)] }));
    let winners = |size: u32| {
        let ranks: Vec<_> = (1..=size).collect();
        credits_of(&policy, players(&ranks)).iter().filter(|it| **it == 9).count()
    };

    assert_eq!([1, 8, 9, 16, 17].map(winners), [1, 1, 2, 2, 3]);
}

#[test]
fn a_percentage_has_two_decimals_and_lies_between_nothing_and_all() {
    for percent in [0.01, 0.29, 12.5, 33.33, 99.99, 100.0] {
        assert!(Percent::new(percent).is_some_and(|it| (it.as_f64() - percent).abs() < 1e-12));
    }
    for none in [0.0, 0.001, 33.333, 100.01, -5.0, f64::NAN, f64::INFINITY] {
        assert_eq!(Percent::new(none), None, "{none}");
    }
}

#[test]
fn a_floor_raises_whoever_gets_anything_and_nobody_else() {
    let policy = policy(json!({
        "tiers": [credits(json!({ "from": 1 }), 100), credits(json!({ "from": 2 }), 1)],
        "limits": { "credits": { "floor": 10 } },
    }));

    assert_eq!(credits_of(&policy, players(&[1, 2, 3])), [100, 10, 0]);
}

#[test]
fn a_cap_takes_from_what_skill_points_have_added_first() {
    let capped = |cap: i64| {
        let policy = policy(json!({
            "tiers": [{ "from": 1, "xp": 500, "credits": 7, "skill_points": 10 }],
            "limits": { "xp": { "cap": cap } },
        }));
        rewards(&policy, players(&[1]))[0]
    };

    let reward = |xp_base, xp_bonus| Reward { xp_base, xp_bonus, credits: 7 };
    assert_eq!(capped(600), reward(500, 100));
    assert_eq!(capped(540), reward(500, 40));
    assert_eq!(capped(499), reward(499, 0));
    assert_eq!(capped(0), reward(0, 0));
}

#[test]
fn a_floor_of_one_currency_is_for_whoever_gets_the_other() {
    let policy = policy(json!({
        "tiers": [credits(json!({ "from": 1 }), 5)],
        "limits": { "xp": { "floor": 30 } },
    }));

    let rewards = rewards(&policy, players(&[1, 2]));

    assert_eq!(rewards[0], Reward { xp_base: 30, xp_bonus: 0, credits: 5 });
    assert_eq!(rewards[1], Reward::default());
}
