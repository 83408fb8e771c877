//! What is noticed about awards that do not fit their team.

use domain::{Membership, Outcome, PlannedAward, RewardPolicy, TeamCheck, TeamFault};
use serde_json::json;

use crate::field::{credits, ended, members, planned, policy};

#[test]
fn the_plan_of_teams_fits_them() {
    for share in ["each", "equal", "weighted"] {
        let (policy, awards) = plan(share);

        assert_eq!(check(&policy, 2, &awards), []);
    }
}

#[test]
fn a_member_who_ends_apart_from_the_team_is_noticed() {
    let (policy, mut awards) = plan("each");
    awards[2].evidence.outcome = Outcome::Unplaced;

    let [player, mate] = [2, 0].map(|it: usize| awards[it].player);
    let divided = TeamFault::Divided { player, mate, team: "red".into() };
    assert_eq!(check(&policy, 2, &awards), [divided]);
}

#[test]
fn a_part_that_is_not_equal_is_noticed() {
    for (share, more) in [("each", 1), ("equal", 2), ("weighted", 2)] {
        let (policy, mut awards) = plan(share);
        awards[3].reward.credits += more;

        let [player, mate] = [3, 0].map(|it: usize| awards[it].player);
        let unequal = TeamFault::Unequal { player, mate, team: "red".into() };
        assert_eq!(check(&policy, 2, &awards), [unequal], "{share}");
    }
}

#[test]
fn whoever_is_struck_alone_is_no_fault_and_still_makes_a_field() {
    let (policy, mut awards) = plan("equal");
    awards[1].evidence.outcome = Outcome::Disqualified;
    awards[1].reward = domain::Reward::default();

    assert_eq!(check(&policy, 2, &awards), []);
}

#[test]
fn a_field_that_is_not_counted_in_teams_is_noticed() {
    let (policy, awards) = plan("equal");

    assert_eq!(check(&policy, 4, &awards), [TeamFault::Field { teams: 2, field_size: 4 }]);
}

#[test]
fn somebody_without_a_team_is_noticed_among_teams_only() {
    let (policy, mut awards) = plan("each");
    awards[1].team = None;
    let player = awards[1].player;

    let among_teams = check(&policy, 2, &awards);
    for award in &mut awards {
        award.team = None;
    }
    let among_players = check(&policy, 4, &awards);

    assert_eq!(among_teams, [TeamFault::Alone { player }]);
    assert_eq!(among_players, []);
}

#[test]
fn another_team_for_a_member_is_noticed() {
    let (policy, mut awards) = plan("each");
    let name = "purple".to_owned();
    awards[0].team = awards[0].team.take().map(|it| Membership { name, ..it });

    assert_eq!(check(&policy, 2, &awards), [TeamFault::Field { teams: 3, field_size: 2 }]);
}

/// Three members of red who count the same, and one of blue between them.
fn plan(share: &str) -> (RewardPolicy, Vec<PlannedAward>) {
    let policy = policy(json!({
        "tiers": [credits(json!({ "from": 1 }), 100), credits(json!({ "from": 2 }), 50)],
        "teams": { "share": share },
    }));
    let field = members(&[("red", 1, 2), ("blue", 2, 5), ("red", 1, 2), ("red", 1, 2)]);
    let awards = planned(&policy, &ended(&policy, field));
    (policy, awards)
}

fn check(policy: &RewardPolicy, field_size: u32, awards: &[PlannedAward]) -> Vec<TeamFault> {
    let mut check = TeamCheck::new(policy, field_size);
    let mut faults: Vec<_> = awards.iter().filter_map(|it| check.add(it).err()).collect();
    faults.extend(check.finish().err());
    faults
}
