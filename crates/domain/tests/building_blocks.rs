//! Small parts that everything else is built of.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{
    Account, Accounts, Baseline, Currency, FieldBaseline, LockOrder, NewTournament, Places,
    RewardPolicy, SkillEntry, SkillName, SkillProfile, TenThousandths, Tenths, TournamentStatus,
    opponent_factor,
};
use serde_json::json;

#[test]
fn lock_order_is_ascending_and_names_each_row_once() {
    let order = LockOrder::of([3, 1, 2, 3, 1]);

    assert_eq!(order.as_slice(), [1, 2, 3]);
}

#[test]
fn each_currency_has_an_account_of_its_own() {
    let mut accounts = Accounts::default();

    accounts.of_mut(Currency::Xp).balance = 5;
    accounts.of_mut(Currency::Credit).balance = 7;
    accounts.of_mut(Currency::Debt).balance = 3;

    let account = |balance| Account { balance, seq: 0 };
    assert_eq!(accounts, Accounts { xp: account(5), credit: account(7), debt: account(3) });
    assert_eq!(Currency::ALL.map(|it| accounts.of(it).balance), [5, 7, 3]);
    assert_eq!(accounts.net_credits(), 4);
}

#[test]
fn nobody_is_strong_or_weak_against_somebody_without_a_baseline() {
    for own_mean in [0.0, -1.0] {
        assert_eq!(opponent_factor(own_mean, Some(60.0)), TenThousandths::ONE);
    }
}

#[test]
fn field_is_the_same_whichever_way_it_is_added_up() {
    let mut added = FieldBaseline::default();
    for baseline in [600, 900, 300] {
        added.add(baseline);
    }

    let collected: FieldBaseline = [600, 900, 300].into_iter().collect();

    assert_eq!(collected, added);
    let mut alone = FieldBaseline::default();
    alone.add(300);
    assert_eq!(collected.factor_against(300, &alone), TenThousandths::new(20_000));
}

#[test]
fn profile_shows_every_skill_that_was_touched() {
    let (passing, heading) = (skill("passing"), skill("heading"));
    let mut profile = SkillProfile::default();
    profile.assess(&passing, Tenths::new(800), &Baseline::default());

    let moved = SkillEntry { level: Tenths::new(650), steps: 1, assessed: None };
    profile.extend([(heading.clone(), moved)]);

    let shown: Vec<_> = profile.iter().map(|(name, entry)| (name, entry.level.units())).collect();
    assert_eq!(shown, [(&heading, 650), (&passing, 600)]);
}

#[test]
fn policy_tells_what_its_document_said() {
    let policy = RewardPolicy::from_document(&json!({
        "version": 7,
        "tiers": [{ "from": 1, "to": 2, "xp": 11, "credits": 12, "skill_points": 13 }],
        "rates": { "technical": 1, "tactical": 2, "physical": 3, "mental": 4, "none": 5 },
        "league_points": { "win": 2, "draw": 1, "loss": 0 },
    }))
    .unwrap();

    assert_eq!(policy.version(), 7);
    let tiers: Vec<_> = policy.tiers().iter().map(|it| (it.places, it.reward.xp)).collect();
    assert_eq!(tiers, [(Places::Range { from: 1, to: Some(2) }, 11)]);
    assert_eq!((policy.rates().technical, policy.rates().none), (1, 5));
    assert_eq!(policy.league_points().win, 2);
}

#[test]
fn tournament_is_announced_under_the_policy_that_it_brings() {
    let second = RewardPolicy::from_document(&json!({ "version": 2 })).unwrap();

    let tournament = NewTournament::new("cup", "Cup").with_policy(second.clone());

    assert_eq!(tournament.policy, second);
}

#[test]
fn results_may_be_replaced_until_they_are_frozen() {
    use TournamentStatus as S;
    let accepted = S::ALL.map(|it| it.accept_results().is_ok());
    let frozen = S::ALL.map(TournamentStatus::is_frozen);

    assert_eq!(accepted, [true, true, false, false, false, false]);
    assert_eq!(frozen, [false, false, true, true, true, false]);
    assert_eq!(S::InProgress.accept_results(), Ok(S::InProgress));
}

fn skill(name: &str) -> SkillName {
    SkillName::new(name).unwrap()
}
