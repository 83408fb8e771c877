//! What an award does beyond its own tournament: badges by rule over a history, and levels.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{
    Account, Accounts, Award, AwardState, BadgeType, Baseline, Currency, Evidence, MatchRecord,
    Outcome, Placement, PlannedAward, Player, PlayerId, Progress, RewardPolicy, Settlement,
    SkillProfile, TenThousandths, TournamentId, Unsettleable, settle,
};
use serde_json::{Value, json};

#[test]
fn a_rule_over_the_history_counts_this_tournament() {
    let policy = rule(&json!({ "history": "podium_streak", "at_least": 3 }));
    let after = |podium_streak| {
        let progress = Progress { podium_streak, ..Progress::default() };
        settled(1, &Player { progress, ..player() }, &policy)
    };

    assert!(!has_own_badge(&after(1)));
    assert!(has_own_badge(&after(2)));
}

#[test]
fn a_rule_over_a_skill_sees_the_level_after_this_tournament() {
    // A first place moves a new player from 60.0 to 68.0.
    let given_at = |skill: &str, at_least: f64| {
        let policy = rule(&json!({ "skill": skill, "at_least": at_least }));
        has_own_badge(&settled(1, &player(), &policy))
    };

    assert!(given_at("stamina", 68.0));
    assert!(!given_at("stamina", 68.1));
    assert!(given_at("juggling", 60.0), "a skill that nothing has touched is where it started");
    assert!(!given_at("juggling", 60.1));
}

#[test]
fn a_rule_over_the_level_sees_the_one_that_this_tournament_reached() {
    let mut document = rule(&json!({ "history": "level", "at_least": 2 })).to_document();
    document["levels"] = json!({ "base": 300, "growth": 1, "levels": 9 });
    let policy = RewardPolicy::from_document(&document).unwrap();

    assert!(has_own_badge(&settled(1, &player(), &policy)), "600 XP are level 2");
    assert!(!has_own_badge(&settled(2, &player(), &policy)), "371 XP are level 1");
}

#[test]
fn whoever_owes_repays_from_what_levels_pay() {
    let policy = levels(&json!([{ "xp": 100, "credits": 30 }, { "xp": 200, "credits": 30 }]));
    let accounts = Accounts { debt: Account { balance: 145, seq: 1 }, ..Accounts::default() };

    let settlement = settled(1, &Player { accounts, ..player() }, &policy);

    let posted: Vec<_> = settlement.entries.iter().map(|it| (it.currency, it.amount)).collect();
    let expected = [
        (Currency::Xp, 600),
        (Currency::Debt, -100),
        (Currency::Debt, -30),
        (Currency::Credit, 15),
        (Currency::Debt, -15),
    ];
    assert_eq!(posted, expected);
    let levels: Vec<_> = settlement.level_ups.iter().map(|it| (it.level, it.credits)).collect();
    assert_eq!((levels, settlement.paid.credits), (vec![(1, 30), (2, 30)], 100));
}

#[test]
fn what_levels_pay_beyond_all_bounds_costs_this_award() {
    let policy = levels(&json!([{ "xp": 100, "credits": 30 }]));
    let credit = Account { balance: i64::MAX - 120, seq: 1 };
    let player = Player { accounts: Accounts { credit, ..Accounts::default() }, ..player() };

    let refused = settle(cup(), &award(1, &policy), &player, &policy).unwrap_err();

    let balance = i64::MAX - 20;
    let expected =
        Unsettleable::BalanceOverflow { currency: Currency::Credit, balance, amount: 30 };
    assert_eq!(refused, expected);
}

#[test]
fn a_mark_above_the_xp_reaches_nothing() {
    let policy = levels(&json!([{ "xp": 100, "credits": 30 }]));
    let progress = Progress { level_max: 7, ..Progress::default() };

    let settlement = settled(1, &Player { progress, ..player() }, &policy);

    assert!(settlement.level_ups.is_empty());
    assert_eq!(settlement.progress.level_max, 7);
}

/// Gives a badge of its own on one condition.
fn rule(condition: &Value) -> RewardPolicy {
    let rule = json!({ "badge": "OWN", "when": [condition] });
    let document = json!({ "version": 1, "badges": { "rules": [rule] } });
    RewardPolicy::from_document(&document).unwrap()
}

fn levels(steps: &Value) -> RewardPolicy {
    let document = json!({ "version": 1, "levels": { "steps": steps } });
    RewardPolicy::from_document(&document).unwrap()
}

fn has_own_badge(settlement: &Settlement) -> bool {
    settlement.badges.awarded.iter().any(|it| it.badge == BadgeType::parse("OWN").unwrap())
}

fn settled(rank: u32, player: &Player, policy: &RewardPolicy) -> Settlement {
    settle(cup(), &award(rank, policy), player, policy).unwrap()
}

fn award(rank: u32, policy: &RewardPolicy) -> Award {
    let outcome = Outcome::Placed(Placement::new(rank).unwrap());
    let evidence = Evidence {
        outcome,
        field_size: 9,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
        record: MatchRecord::default(),
        measured: None,
    };
    let reward = policy.reward(outcome, 9);
    let planned = PlannedAward { player: player().id, team: None, evidence, reward };
    Award { revision: 0, planned, state: AwardState::Pending, paid: None }
}

fn cup() -> TournamentId {
    TournamentId::of("cup")
}

fn player() -> Player {
    Player {
        id: PlayerId::of("ada"),
        baseline: Baseline::default(),
        progress: Progress::default(),
        accounts: Accounts::default(),
        profile: SkillProfile::default(),
        step_seq: 0,
    }
}
