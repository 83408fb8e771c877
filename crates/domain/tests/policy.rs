//! The policy document: read whole or refused whole, with every problem at once.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{
    BadgeType, Clawback, Currency, Outcome, Placement, PolicyProblem, Reward, RewardPolicy, TieRule,
};
use serde_json::{Value, json};

#[test]
fn the_standard_policy_reads_back_from_its_document() {
    let standard = RewardPolicy::standard();

    let read = RewardPolicy::from_document(&standard.to_document());

    assert_eq!(read.as_ref(), Ok(&standard));
    assert_eq!(read.map(|it| it.hash()), Ok(standard.hash()));
}

#[test]
fn a_version_alone_is_the_standard_policy() {
    let read = RewardPolicy::from_document(&json!({ "version": 1 }));

    assert_eq!(read, Ok(RewardPolicy::standard()));
}

#[test]
fn another_version_has_another_hash() {
    let second = RewardPolicy::from_document(&json!({ "version": 2 })).unwrap();

    assert_ne!(second.hash(), RewardPolicy::standard().hash());
}

#[test]
fn every_problem_is_named_at_once_with_its_place() {
    let broken = json!({
        "tiers": [
            { "from": 1, "to": 3, "xp": -5, "credits": 0, "skill_points": 10 },
            { "from": 2, "xp": 10, "credits": "many", "skill_points": 1 },
        ],
        "skills": {
            "heading": {},
            "passing": { "weight": 0, "category": "technical" },
            "Shooting!": { "weight": 1.0 },
            "speed": { "weight": 5.1, "category": "fast", "color": "red" },
        },
        "ties": "coin",
        "absence": { "absent": "everything" },
        "bonus": 12,
    });

    let problems = RewardPolicy::from_document(&broken).unwrap_err();

    let mut places: Vec<_> = problems.iter().map(|it| it.pointer.as_str()).collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "/absence/absent",
            "/bonus",
            "/skills/Shooting!",
            "/skills/heading/weight",
            "/skills/passing/weight",
            "/skills/speed/category",
            "/skills/speed/color",
            "/skills/speed/weight",
            "/tiers/0/xp",
            "/tiers/1/credits",
            "/tiers/1/from",
            "/ties",
            "/version",
        ]
    );
    assert!(problems.iter().all(|it| !it.advice.is_empty()), "{problems:?}");
}

#[test]
fn a_document_that_is_no_object_is_one_problem() {
    for document in [json!([]), json!("policy"), Value::Null] {
        assert_eq!(problems(&document).len(), 1, "{document}");
    }
}

#[test]
fn what_stands_in_the_place_of_an_object_is_named() {
    let kinds = [
        (json!(null), "null"),
        (json!(true), "true or false"),
        (json!(1), "a number"),
        (json!("x"), "a text"),
        (json!([]), "a list"),
    ];

    for (value, kind) in kinds {
        let [problem] = &problems(&value)[..] else { panic!("{value}") };
        assert!(problem.problem.contains(kind), "{problem:?}");
    }
}

/// 10 points over four equal skills are 2.5 each: 25 + 25 + 20 + 30 XP.
#[test]
fn a_reward_is_the_tier_and_the_points_converted() {
    let policy = RewardPolicy::standard();

    assert_eq!(policy.reward(placed(1), 9), Reward { xp_base: 500, xp_bonus: 100, credits: 100 });
    assert_eq!(policy.reward(placed(1), 9).xp(), 600);
    assert_eq!(policy.reward(placed(4), 9).xp_base, 50);
    assert_eq!(policy.reward(Outcome::Unplaced, 9), policy.reward(placed(4), 9));
    assert_eq!(policy.reward(Outcome::Absent, 9), Reward::default());
    assert_eq!(policy.reward(Outcome::Disqualified, 9), Reward::default());
}

#[test]
fn a_disabled_skill_earns_nothing_and_leaves_the_points_to_the_others() {
    let policy = RewardPolicy::from_document(&json!({
        "version": 1,
        "skills": {
            "passing": { "weight": 1.0, "category": "technical" },
            "speed": { "weight": 4.0, "category": "physical", "enabled": false },
        },
        "ties": "dense",
    }))
    .unwrap();

    let points = policy.skill_points(10);

    let points: Vec<_> = points.iter().map(|(it, points)| (it.as_str(), points.units())).collect();
    assert_eq!(points, [("passing", 100)]);
    assert_eq!(policy.ties(), TieRule::Dense);
}

#[test]
fn every_name_of_the_catalogue_and_the_currencies_reads_back() {
    for badge in BadgeType::ALL {
        assert_eq!(BadgeType::parse(badge.as_str()), Some(*badge));
    }
    for currency in Currency::ALL {
        assert_eq!(Currency::parse(currency.as_str()), Some(currency));
    }
}

/// A policy that says nothing new must be the one that was stored, by its hash, too.
#[test]
fn clawback_is_written_out_only_where_it_is_not_the_usual_one() {
    let with = |clawback: &str| json!({ "version": 1, "clawback": clawback });
    let read = |clawback: &str| RewardPolicy::from_document(&with(clawback)).unwrap();

    assert_eq!(read("debt"), RewardPolicy::standard());
    assert_eq!(RewardPolicy::standard().to_document().get("clawback"), None);
    for (name, clawback) in [("overdraw", Clawback::Overdraw), ("forgive", Clawback::Forgive)] {
        let policy = read(name);
        assert_eq!(policy.clawback(), clawback);
        assert_eq!(policy.to_document()["clawback"], name);
        assert_eq!(RewardPolicy::from_document(&policy.to_document()), Ok(policy.clone()));
        assert_ne!(policy.hash(), RewardPolicy::standard().hash());
    }
    assert_eq!(problems(&with("never"))[0].pointer, "/clawback");
}

fn problems(document: &Value) -> Vec<PolicyProblem> {
    RewardPolicy::from_document(document).unwrap_err()
}

fn placed(rank: u32) -> Outcome {
    Outcome::Placed(Placement::new(rank).unwrap())
}
