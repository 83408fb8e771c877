//! The plan: the same field and policy make the same plan, and nothing else does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use domain::{
    Baseline, Competitor, FieldSurvey, Hash256, MatchRecord, MemberWeight, Membership, OutOfOrder,
    Outcome, Placement, PlanHasher, PlannedAward, PlayerId, RewardPlanner, RewardPolicy, SkillName,
    SkillProfile, Standing, TenThousandths, Tenths, TournamentId,
};
use serde_json::json;

#[test]
fn equal_fields_make_equal_plans() {
    assert_eq!(plan(&field(8)), plan(&field(8)));
}

#[test]
fn a_plan_does_not_depend_on_the_order_of_the_survey() {
    let mut backwards = field(8);
    backwards.reverse();

    assert_eq!(awards(&backwards), awards(&field(8)));
}

#[test]
fn whatever_an_award_says_is_part_of_the_hash() {
    let frozen = plan(&field(3));
    let mut other = field(3);
    other[2].standing.record.goals_for = 1;
    let renamed = hash(TournamentId::of("other cup"), 0, &awards(&field(3)));
    let corrected = hash(cup(), 1, &awards(&field(3)));

    for changed in [plan(&other), plan(&field(4)), renamed, corrected] {
        assert_ne!(changed, frozen);
    }
}

#[test]
fn a_strong_field_is_a_high_factor_for_the_weak() {
    let mut field = field(3);
    field[0].baseline.level = Tenths::new(900);

    let awards = awards(&field);

    let factor = |n: usize| of(&awards, &field[n]).evidence.opponent_factor.as_f64();
    assert!((factor(0) - 0.6667).abs() < 1e-9, "60 against 90");
    assert!((factor(1) - 1.25).abs() < 1e-9, "75 against 60");
}

#[test]
fn team_mates_are_nobodys_opponents() {
    let mut field = field(4);
    for (n, competitor) in field.iter_mut().enumerate() {
        competitor.standing.team = Some(if n < 2 { "red" } else { "blue" }.into());
    }
    field[1].baseline.level = Tenths::new(900);

    let awards = awards(&field);

    assert_eq!(of(&awards, &field[0]).evidence.opponent_factor, TenThousandths::ONE);
    assert!((of(&awards, &field[2]).evidence.opponent_factor.as_f64() - 1.25).abs() < 1e-9);
}

#[test]
fn those_who_did_not_compete_are_nobodys_opponents() {
    let mut field = field(3);
    field[0].baseline.level = Tenths::new(900);
    field[0].standing.outcome = Outcome::Absent;

    let awards = awards(&field);

    assert!(awards.iter().all(|it| it.evidence.opponent_factor == TenThousandths::ONE));
    assert_eq!(of(&awards, &field[0]).reward.xp(), 0);
}

#[test]
fn a_plan_that_does_not_go_by_ascending_player_is_refused() {
    let policy = RewardPolicy::standard();
    let mut field = field(2);
    field.sort_by_key(|it| it.standing.player);
    let (first, second) = (&field[0], &field[1]);
    let mut planner = RewardPlanner::new(&policy, FieldSurvey::new(&policy, 2));
    planner.award(second).unwrap();

    let [back, again] = [first, second].map(|it| planner.clone().award(it));

    let last = second.standing.player;
    assert_eq!(back, Err(OutOfOrder { player: first.standing.player, last }));
    assert_eq!(again, Err(OutOfOrder { player: last, last }));
}

#[test]
fn the_team_of_a_member_and_its_weight_are_part_of_the_hash() {
    let hash_of = |team: Option<Membership>| {
        let mut field = field(2);
        field[0].standing.team = team;
        plan(&field)
    };
    let heavy = Membership { name: "red".into(), weight: MemberWeight::new(2).unwrap() };

    let hashes = [None, Some("red".into()), Some("blue".into()), Some(heavy)].map(hash_of);

    let distinct: BTreeSet<_> = hashes.iter().collect();
    assert_eq!(distinct.len(), hashes.len());
}

#[test]
fn an_assessment_never_moves_a_level_and_a_step_never_moves_an_assessment() {
    let skill = SkillName::new("passing").unwrap();
    let baseline = Baseline::default();
    let mut profile = SkillProfile::default();

    profile.assess(&skill, Tenths::new(800), &baseline);
    profile.assess(&skill, Tenths::new(800), &baseline);
    let change = domain::LevelChange { before: Tenths::new(600), after: Tenths::new(680) };
    profile.step(&[(skill.clone(), change)].into(), &baseline);

    let entry = profile.entry(&skill, &baseline);
    assert_eq!((entry.level.units(), entry.steps), (680, 1));
    let assessed = entry.assessed.unwrap();
    assert_eq!((assessed.mean().units(), assessed.count), (800, 2), "equal words both count");
    let stored = json!({ "passing": { "level": 680, "steps": 1,
        "assessed": { "total": 1600, "count": 2 } } });
    assert_eq!(serde_json::to_value(&profile).unwrap(), stored);
    assert_eq!(serde_json::from_value::<SkillProfile>(stored).unwrap(), profile);
}

fn plan(field: &[Competitor]) -> Hash256 {
    hash(cup(), 0, &awards(field))
}

fn hash(tournament: TournamentId, revision: u32, awards: &[PlannedAward]) -> Hash256 {
    let mut hasher = PlanHasher::new(tournament, revision, &RewardPolicy::standard());
    for award in awards {
        hasher.add(award);
    }
    hasher.finish()
}

fn awards(field: &[Competitor]) -> Vec<PlannedAward> {
    let policy = RewardPolicy::standard();
    let mut survey = FieldSurvey::new(&policy, u32::try_from(field.len()).unwrap());
    for competitor in field {
        survey.add(competitor);
    }
    let mut planner = RewardPlanner::new(&policy, survey);
    let mut field: Vec<_> = field.iter().collect();
    field.sort_by_key(|it| it.standing.player);
    field.into_iter().map(|it| planner.award(it).unwrap()).collect()
}

fn of<'a>(awards: &'a [PlannedAward], competitor: &Competitor) -> &'a PlannedAward {
    awards.iter().find(|it| it.player == competitor.standing.player).unwrap()
}

fn field(size: u32) -> Vec<Competitor> {
    let competitor = |n: u32| Competitor {
        standing: Standing {
            player: PlayerId::of(&format!("player {n}")),
            team: None,
            outcome: Outcome::Placed(Placement::new(n).unwrap()),
            record: MatchRecord::default(),
            measured: None,
        },
        baseline: Baseline::default(),
    };
    (1..=size).map(competitor).collect()
}

fn cup() -> TournamentId {
    TournamentId::of("cup")
}
