//! Every rule and policy that the page of badges shows is right.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{BadgeRule, RewardPolicy};
use serde_json::Value;

const PAGE: &str = include_str!("../../../docs/badges.md");
const FILES: [&str; 2] = [
    include_str!("../../../docs/badges/back-to-back.json"),
    include_str!("../../../docs/badges/three-podiums.json"),
];
const POLICY: &str = include_str!("../../../docs/badges/sprint-policy.json");

#[test]
fn every_rule_and_policy_of_the_page_is_read() {
    let (policies, rules): (Vec<_>, Vec<_>) =
        snippets().into_iter().partition(|it| it.get("version").is_some());

    assert_eq!((policies.len(), rules.len()), (2, 2));
    assert!(policies.contains(&serde_json::from_str(POLICY).unwrap()), "the page shows the file");
    for policy in policies {
        let read = RewardPolicy::from_document(&policy);
        assert!(read.is_ok(), "{policy}: {read:?}");
    }
    for rule in rules.into_iter().chain(FILES.map(|it| serde_json::from_str(it).unwrap())) {
        let read = BadgeRule::from_document(&rule);
        assert!(read.is_ok(), "{rule}: {read:?}");
    }
}

fn snippets() -> Vec<Value> {
    let blocks = PAGE.split("```json\n").skip(1);
    let json = blocks.map(|it| it.split_once("```").unwrap().0);
    json.map(|it| serde_json::from_str(it).unwrap()).collect()
}
