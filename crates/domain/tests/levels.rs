//! Levels: which lifetime XP makes which level, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{LevelCurve, RewardPolicy};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn a_listed_level_is_reached_with_its_xp_and_not_before() {
    let curve = curve(&json!({ "steps": [{ "xp": 100 }, { "xp": 250, "credits": 20 }] }));

    let levels = [0, 99, 100, 249, 250, i64::MAX].map(|it| curve.level_of(it));

    assert_eq!(levels, [0, 0, 1, 1, 2, 2]);
}

#[test]
fn a_growing_level_takes_more_than_the_one_before() {
    let curve = curve(&json!({ "base": 100, "growth": 1.5, "levels": 5, "credits": 10 }));

    let levels: Vec<_> = curve.levels().map(|it| (it.number, it.xp, it.credits)).collect();

    assert_eq!(levels, [(1, 100, 10), (2, 250, 10), (3, 475, 10), (4, 813, 10), (5, 1_319, 10)]);
}

#[test]
fn only_levels_above_the_high_water_mark_are_reached_anew() {
    let curve = curve(&json!({ "base": 10, "growth": 1, "levels": 9 }));
    let reached = |above, xp| curve.reached(above, xp).map(|it| it.number).collect::<Vec<_>>();

    assert_eq!(reached(0, 35), [1, 2, 3]);
    assert_eq!(reached(2, 35), [3]);
    assert!(reached(3, 35).is_empty());
    assert!(reached(5, 35).is_empty(), "what was reached once is not reached again");
}

#[test]
fn a_policy_without_levels_has_the_document_that_it_had() {
    let document = RewardPolicy::standard().to_document();

    assert_eq!(RewardPolicy::standard().levels(), None);
    assert!(document.get("levels").is_none());
}

#[test]
fn levels_read_back_from_their_document() {
    for levels in [
        json!({ "base": 100, "growth": 1.5, "levels": 50, "credits": 10 }),
        json!({ "steps": [{ "xp": 1 }, { "xp": 2, "credits": 5 }] }),
    ] {
        let policy = policy(&levels).unwrap();

        assert_eq!(policy.to_document()["levels"], levels);
        assert_eq!(RewardPolicy::from_document(&policy.to_document()), Ok(policy));
    }
}

#[test]
fn every_problem_of_levels_is_named_at_once() {
    let places = |levels: Value| {
        let problems = policy(&levels).unwrap_err();
        problems.into_iter().map(|it| it.pointer).collect::<Vec<_>>()
    };

    let steps = json!([{ "xp": 5 }, { "xp": 5 }, { "xp": -1 }, { "credits": 1 }]);
    assert_eq!(
        places(json!({ "steps": steps })),
        [
            "/levels/steps/1/xp",
            "/levels/steps/2/xp",
            "/levels/steps/2/xp",
            "/levels/steps/3/xp",
            "/levels/steps/3/xp"
        ]
    );
    assert_eq!(places(json!({ "steps": [] })), ["/levels/steps"]);
    assert_eq!(places(json!({ "steps": [{ "xp": 1 }], "base": 1 })), ["/levels/base"]);
    assert_eq!(places(json!({})), ["/levels/base", "/levels/growth", "/levels/levels"]);
    let wild = json!({ "base": 1_000, "growth": 10, "levels": 1_000 });
    assert_eq!(places(wild), ["/levels/growth"]);
}

proptest! {
    #[test]
    fn nobody_falls_by_having_more_xp(
        base in 1_i64..1_000, growth in 1.0..1.2, xp in 0_i64..1_000_000, more in 0_i64..100_000,
    ) {
        let curve = curve(&json!({ "base": base, "growth": growth, "levels": 60 }));

        let (before, after) = (curve.level_of(xp), curve.level_of(xp + more));

        prop_assert!(before <= after);
        let reached: Vec<_> = curve.reached(before, xp + more).map(|it| it.number).collect();
        prop_assert_eq!(reached, (before + 1..=after).collect::<Vec<_>>());
    }
}

fn curve(levels: &Value) -> LevelCurve {
    policy(levels).unwrap().levels().unwrap().clone()
}

fn policy(levels: &Value) -> Result<RewardPolicy, Vec<domain::PolicyProblem>> {
    RewardPolicy::from_document(&json!({ "version": 1, "levels": levels }))
}
