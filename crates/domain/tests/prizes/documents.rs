//! The sections of the policy document that say who gets how much.

use domain::{RewardPolicy, TeamShare, TieBreak, TieRule, TiedPrizes};
use serde_json::{Value, json};

use crate::field::{credits, policy};

/// Problems as places, in the order of the document.
fn places(sections: Value) -> Vec<String> {
    let Value::Object(mut document) = sections else { panic!("a policy is an object") };
    document.insert("version".into(), json!(1));
    let problems = RewardPolicy::from_document(&Value::Object(document)).unwrap_err();
    assert!(problems.iter().all(|it| !it.advice.is_empty()), "{problems:?}");
    problems.into_iter().map(|it| it.pointer).collect()
}

#[test]
fn every_section_reads_back_from_its_document() {
    let policy = policy(json!({
        "tiers": [
            credits(json!({ "from": 1 }), 9),
            credits(json!({ "top_percent": 12.5 }), 8),
            credits(json!({ "top_percent": 50 }), 7),
            credits(json!({ "from": 7, "to": "last" }), 6),
        ],
        "ties": "ordinal",
        "tie_break": "listed",
        "tied_prizes": "split",
        "pool": {
            "xp": { "amount": 5, "weights": [{ "from": 1, "to": 4, "weight": 2 }] },
            "credits": { "amount": 0, "weights": [{ "top_percent": 1, "weight": 1 }] },
        },
        "teams": { "share": "weighted" },
        "limits": { "xp": { "floor": 1 }, "credits": { "floor": 2, "cap": 3 } },
    }));

    let read = RewardPolicy::from_document(&policy.to_document());

    assert_eq!(read.as_ref(), Ok(&policy));
    assert_eq!((policy.ties(), policy.tie_break()), (TieRule::Ordinal, TieBreak::Listed));
    assert_eq!(policy.tied_prizes(), TiedPrizes::Split);
    assert_eq!(policy.teams().share, TeamShare::Weighted);
    assert_eq!(policy.limits().credits.cap, Some(3));
}

/// A policy that was frozen before these sections existed must keep its hash.
#[test]
fn what_is_as_usual_leaves_the_hash_of_a_policy_alone() {
    let said = policy(json!({ "tied_prizes": "better", "teams": { "share": "each" } }));

    assert_eq!(said.hash(), policy(json!({})).hash());
    let standard = "364d88fc";
    assert_eq!(&RewardPolicy::standard().hash().to_string()[..8], standard);
}

#[test]
fn a_tier_is_a_range_or_a_percentage() {
    let tier = |places| json!({ "tiers": [credits(places, 1)] });

    assert_eq!(places(tier(json!({}))), ["/tiers/0/from"]);
    assert_eq!(places(tier(json!({ "from": 3, "to": 2 }))), ["/tiers/0/to"]);
    assert_eq!(places(tier(json!({ "from": 3, "to": "end" }))), ["/tiers/0/to"]);
    for percent in [json!(0), json!(101), json!(0.001), json!("half")] {
        assert_eq!(places(tier(json!({ "top_percent": percent }))), ["/tiers/0/top_percent"]);
    }
    let both = json!({ "from": 1, "to": 2, "top_percent": 10 });
    assert_eq!(places(tier(both)), ["/tiers/0/from", "/tiers/0/to"]);
}

#[test]
fn a_tier_that_nobody_can_reach_is_refused() {
    let tiers = |tiers: &[Value]| {
        let tiers: Vec<_> = tiers.iter().map(|it| credits(it.clone(), 1)).collect();
        places(json!({ "tiers": tiers }))
    };

    let behind_last = [json!({ "from": 1, "to": "last" }), json!({ "from": 9 })];
    assert_eq!(tiers(&behind_last), ["/tiers/1/from"]);
    let shrinking = [json!({ "top_percent": 10 }), json!({ "top_percent": 10 })];
    assert_eq!(tiers(&shrinking), ["/tiers/1/top_percent"]);
}

#[test]
fn a_pool_that_gives_nobody_anything_is_refused() {
    assert_eq!(places(json!({ "pool": {} })), ["/pool"]);
    assert_eq!(
        places(json!({ "pool": { "credits": {} } })),
        ["/pool/credits/weights", "/pool/credits/amount"]
    );
    let weightless = json!({ "amount": -1, "weights": [{ "from": 1, "weight": 0 }] });
    assert_eq!(
        places(json!({ "pool": { "xp": weightless } })),
        ["/pool/xp/weights", "/pool/xp/amount"]
    );
    let heavy = json!({ "amount": 1, "weights": [{ "from": 1, "weight": 1_000_001 }] });
    assert_eq!(
        places(json!({ "pool": { "xp": heavy } })),
        ["/pool/xp/weights/0/weight", "/pool/xp/weights"]
    );
}

#[test]
fn limits_have_a_bound_and_a_floor_below_the_cap() {
    assert_eq!(places(json!({ "limits": {} })), ["/limits"]);
    assert_eq!(places(json!({ "limits": { "xp": {} } })), ["/limits/xp"]);
    let crossed = json!({ "floor": 2, "cap": 1 });
    assert_eq!(places(json!({ "limits": { "credits": crossed } })), ["/limits/credits/floor"]);
    assert_eq!(places(json!({ "limits": { "xp": { "cap": "much" } } })), ["/limits/xp/cap"]);
}

#[test]
fn a_tie_break_needs_places_that_are_taken_once() {
    assert_eq!(places(json!({ "tie_break": "listed" })), ["/tie_break"]);
    assert_eq!(places(json!({ "ties": "ordinal", "tie_break": "coin" })), ["/tie_break"]);
    assert_eq!(places(json!({ "tied_prizes": "mine" })), ["/tied_prizes"]);
    assert_eq!(places(json!({ "ties": "dense", "tied_prizes": "split" })), ["/tied_prizes"]);
    assert_eq!(places(json!({ "teams": { "share": "captain" } })), ["/teams/share"]);
}
