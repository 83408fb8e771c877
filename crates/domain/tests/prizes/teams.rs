//! What the members of a team get of its prize.

use std::collections::BTreeSet;

use domain::{Finish, RankedEntry, Reward};
use serde_json::json;

use crate::field::{credits, credits_of, ended, ids, members, planned, policy, rewards};

fn shared(share: &str) -> domain::RewardPolicy {
    policy(json!({
        "tiers": [credits(json!({ "from": 1 }), 100), credits(json!({ "from": 2 }), 50)],
        "teams": { "share": share },
    }))
}

#[test]
fn each_member_gets_what_the_team_has_won() {
    let field = members(&[("red", 1, 3), ("blue", 2, 1), ("red", 1, 1)]);

    assert_eq!(credits_of(&shared("each"), field), [100, 50, 100]);
}

#[test]
fn members_share_equally_and_the_first_by_id_has_the_odd_unit() {
    let field = members(&[("red", 1, 3), ("blue", 2, 1), ("red", 1, 1), ("red", 1, 1)]);

    assert_eq!(credits_of(&shared("equal"), field), [34, 50, 33, 33]);
}

#[test]
fn members_share_by_the_weight_that_the_results_give() {
    let field = members(&[("red", 1, 1), ("blue", 2, 7), ("red", 1, 3), ("red", 1, 3)]);

    // Exactly 14.29, 42.86 and 42.86.
    assert_eq!(credits_of(&shared("weighted"), field), [14, 50, 43, 43]);
    let field = members(&[("red", 1, 1), ("red", 1, 5), ("red", 1, 1), ("red", 1, 1)]);
    assert_eq!(credits_of(&shared("weighted"), field), [13, 63, 12, 12]);
}

#[test]
fn whoever_did_not_compete_has_no_part_in_what_the_team_has_won() {
    let mut field = members(&[("red", 1, 1), ("red", 1, 1), ("red", 1, 1)]);
    field[1].finish = Finish::Absent;

    assert_eq!(credits_of(&shared("equal"), field), [50, 0, 50]);
}

#[test]
fn whoever_is_struck_from_the_results_alone_leaves_the_prize_to_the_others() {
    let policy = shared("equal");
    let field = members(&[("red", 1, 1), ("red", 1, 1), ("red", 1, 1), ("blue", 2, 1)]);
    let struck = BTreeSet::from([ids().next().unwrap(), ids().nth(3).unwrap()]);
    let corrected = ended(&policy, field).with_disqualified(&struck, policy.ties());

    let credits = planned(&policy, &corrected).into_iter().map(|it| it.reward.credits);

    assert_eq!(credits.collect::<Vec<_>>(), [0, 50, 50, 0]);
}

#[test]
fn a_team_that_is_not_placed_shares_what_taking_part_is_worth() {
    let policy = policy(json!({
        "participation": { "xp": 50, "credits": 3, "skill_points": 0 },
        "teams": { "share": "equal" },
    }));
    let mut field = members(&[("red", 1, 1), ("blue", 1, 1), ("blue", 1, 1)]);
    for member in &mut field[1..] {
        member.finish = Finish::Unplaced;
    }

    let rewards = rewards(&policy, field);

    let reward = |xp_base, credits| Reward { xp_base, xp_bonus: 0, credits };
    assert_eq!(rewards[1..], [reward(25, 2), reward(25, 1)]);
}

#[test]
fn the_plan_says_whose_member_was_paid_and_by_what_weight() {
    let policy = shared("weighted");
    let field = members(&[("red", 1, 4), ("blue", 2, 1)]);
    let standings = ended(&policy, field);

    let awards = planned(&policy, &standings);

    let teams = awards.iter().map(|it| it.team.as_ref().unwrap());
    assert_eq!(
        teams.map(|it| (&*it.name, it.weight.get())).collect::<Vec<_>>(),
        [("red", 4), ("blue", 1)]
    );
    assert!(awards.iter().all(|it| it.evidence.field_size == 2));
}

#[test]
fn weights_are_part_of_the_hash_of_results_where_they_are_not_the_usual() {
    let policy = shared("each");
    let hash = |weight| ended(&policy, members(&[("red", 1, weight)])).hash();

    let usual = RankedEntry { team: Some("red".into()), ..members(&[("red", 1, 1)]).remove(0) };
    assert_eq!(hash(1), ended(&policy, vec![usual]).hash());
    assert_ne!(hash(1), hash(2));
}
