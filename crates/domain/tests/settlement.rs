//! What one award does to its player.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Account, Accounts, Award, AwardState, BadgeType, Baseline, Career, Currency, Evidence, Floor,
    History, MatchRecord, NumberedStep, Outcome, Placement, PlannedAward, Player, PlayerId,
    Progress, RewardPolicy, Settlement, SkillProfile, SkillStep, TenThousandths, TournamentId,
    Unsettleable, resettle, settle,
};
use serde_json::json;

const NOTHING: Progress =
    Progress { tournaments: 0, wins: 0, podiums: 0, win_streak: 0, podium_streak: 0, level_max: 0 };

/// ✗ of the original: it promised base and bonus, and posted the bonus alone.
#[test]
fn all_xp_that_the_award_promises_is_posted() {
    let award = award(placed(1));

    let settlement = settled(&award, &player());

    let posted: Vec<_> = settlement.entries.iter().map(|it| (it.currency, it.amount)).collect();
    assert_eq!(posted, [(Currency::Xp, award.planned.reward.xp()), (Currency::Credit, 100)]);
}

#[test]
fn keys_are_made_of_the_cause_alone() {
    let keys = |rank, revision| {
        let award = Award { revision, ..award(placed(rank)) };
        settled(&award, &player()).entries.into_iter().map(|it| it.key).collect::<Vec<_>>()
    };

    assert_eq!(keys(1, 0), keys(2, 0), "a placement is no part of a key");
    assert_ne!(keys(1, 0), keys(1, 1), "a correction has a key of its own");
    let expected = format!("reward:{}:{}:XP:0", cup(), player().id);
    assert_eq!(keys(1, 0)[0].as_str(), expected);
}

/// 100 credits come in to somebody who owes 30, 100 and 130 of them.
#[test]
fn what_is_owed_is_repaid_before_credits_come_in() {
    for (owed, credit, repaid) in [(30, 70, -30), (100, 0, -100), (130, 0, -100)] {
        let debt = Account { balance: owed, seq: 1 };
        let player = Player { accounts: Accounts { debt, ..Accounts::default() }, ..player() };

        let settlement = settled(&award(placed(1)), &player);

        let posted = settlement.entries[1..].iter().map(|it| (it.currency, it.amount));
        let due = [(Currency::Credit, credit), (Currency::Debt, repaid)];
        let due: Vec<_> = due.into_iter().filter(|it| it.1 != 0).collect();
        assert_eq!(posted.collect::<Vec<_>>(), due, "{owed}");
    }
}

#[test]
fn nothing_is_posted_for_zero_credits() {
    let settlement = settled(&award(placed(4)), &player());

    assert!(settlement.entries.iter().all(|it| it.currency == Currency::Xp));
}

#[test]
fn an_outcome_that_is_worth_nothing_counts_for_nothing() {
    for outcome in [Outcome::Absent, Outcome::Disqualified] {
        let settlement = settled(&award(outcome), &player());

        let step = step(&settlement).clone();
        assert_eq!((settlement.entries, settlement.badges), Default::default(), "{outcome:?}");
        assert_eq!(settlement.progress, Progress::default(), "{outcome:?}");
        assert_eq!(step.changes, BTreeMap::new(), "{outcome:?}");
    }
}

#[test]
fn a_disqualification_ends_a_row_of_wins_and_an_absence_does_not() {
    let progress = Progress { tournaments: 2, win_streak: 2, podium_streak: 2, ..NOTHING };
    let after = |outcome| settled(&award(outcome), &Player { progress, ..player() }).progress;

    let ended = Progress { tournaments: 2, ..NOTHING };
    assert_eq!(after(Outcome::Disqualified), ended);
    assert_eq!(after(Outcome::Absent), progress);
}

#[test]
fn without_a_placement_there_is_participation_and_a_step_that_moves_nothing() {
    let settlement = settled(&award(Outcome::Unplaced), &player());

    assert_eq!(step(&settlement).changes, BTreeMap::new());
    assert_eq!(badges(&settlement), [BadgeType::FirstTournament].into());
    assert_eq!(settlement.progress, Progress { tournaments: 1, ..NOTHING });
}

#[test]
fn the_podium_has_its_badges() {
    use BadgeType::{Champion, FirstTournament, PodiumFinish, RunnerUp, ThirdPlace};
    let of = |rank| badges(&settled(&award(placed(rank)), &player()));

    assert_eq!(of(1), [Champion, PodiumFinish, FirstTournament].into());
    assert_eq!(of(2), [RunnerUp, PodiumFinish, FirstTournament].into());
    assert_eq!(of(3), [ThirdPlace, PodiumFinish, FirstTournament].into());
    assert_eq!(of(4), [FirstTournament].into());
}

#[test]
fn every_tournament_but_the_first_is_taken_part_in() {
    let after = |tournaments| {
        let progress = Progress { tournaments, ..NOTHING };
        badges(&settled(&award(placed(9)), &Player { progress, ..player() }))
    };

    assert_eq!(after(0), [BadgeType::FirstTournament].into());
    assert_eq!(after(1), [BadgeType::TournamentParticipant].into());
    assert_eq!(after(2), [BadgeType::TournamentParticipant].into());
}

/// ✗ of the original: three podium badges made a veteran after two tournaments.
#[test]
fn milestones_count_tournaments_and_consecutive_wins() {
    let after = |tournaments, win_streak, rank| {
        let progress = Progress { tournaments, win_streak, ..NOTHING };
        badges(&settled(&award(placed(rank)), &Player { progress, ..player() }))
    };

    assert!(after(4, 0, 9).contains(&BadgeType::TournamentVeteran));
    assert!(!after(3, 3, 1).contains(&BadgeType::TournamentVeteran));
    assert!(after(9, 0, 9).contains(&BadgeType::TournamentLegend));
    assert!(after(7, 2, 1).contains(&BadgeType::TripleCrown));
    assert!(!after(7, 2, 2).contains(&BadgeType::TripleCrown));
    assert!(!after(7, 3, 1).contains(&BadgeType::TripleCrown));
}

#[test]
fn undefeated_takes_three_matches_all_won() {
    let of = |wins, draws, losses| {
        let record = MatchRecord { wins, draws, losses, ..MatchRecord::default() };
        let mut award = award(placed(1));
        award.planned.evidence.record = record;
        badges(&settled(&award, &player())).contains(&BadgeType::Undefeated)
    };

    assert!(of(3, 0, 0));
    assert!(!of(2, 0, 0));
    assert!(!of(3, 1, 0));
    assert!(!of(3, 0, 1));
}

#[test]
fn a_step_moves_every_enabled_skill_from_where_the_lock_found_it() {
    let settlement = settled(&award(placed(1)), &player());

    let step = step(&settlement);
    assert_eq!(step.progress, settlement.progress);
    assert_eq!(step.changes.len(), RewardPolicy::standard().skills().len());
    for change in step.changes.values() {
        assert_eq!((change.before.units(), change.after.units()), (600, 680));
    }
}

#[test]
fn a_balance_that_cannot_take_more_fails_this_participant() {
    let full = Accounts { xp: Account { balance: i64::MAX, seq: 1 }, ..Accounts::default() };
    let award = award(placed(1));

    let refusal =
        settle(cup(), &award, &Player { accounts: full, ..player() }, &RewardPolicy::standard());

    let amount = award.planned.reward.xp();
    let balance = i64::MAX;
    let expected = Unsettleable::BalanceOverflow { currency: Currency::Xp, balance, amount };
    assert_eq!(refusal, Err(expected));
}

fn settled(award: &Award, player: &Player) -> Settlement {
    settle(cup(), award, player, &RewardPolicy::standard()).unwrap()
}

fn step(settlement: &Settlement) -> &SkillStep {
    let History::Continued(step) = &settlement.history else { panic!("{settlement:?}") };
    step
}

fn badges(settlement: &Settlement) -> BTreeSet<BadgeType> {
    settlement.badges.awarded.iter().map(|it| it.badge).collect()
}

fn cup() -> TournamentId {
    TournamentId::of("cup")
}

fn placed(rank: u32) -> Outcome {
    Outcome::Placed(Placement::new(rank).unwrap())
}

fn award(outcome: Outcome) -> Award {
    let evidence = Evidence {
        outcome,
        field_size: 9,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
        record: MatchRecord::default(),
        measured: None,
    };
    let reward = RewardPolicy::standard().reward(outcome, 4);
    let planned = PlannedAward { player: player().id, team: None, evidence, reward };
    Award { revision: 0, planned, state: AwardState::Pending, paid: None }
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

/// 100 credits of a first revision are taken back; 30 of them are still there.
fn taken_back(clawback: &str) -> Settlement {
    let credit = Account { balance: 30, seq: 2 };
    let accounts = Accounts { credit, ..player().accounts };
    let first = settled(&award(placed(1)), &player());
    let correction = Award { revision: 1, paid: Some(first.paid), ..award(Outcome::Disqualified) };
    let policy = RewardPolicy::from_document(&json!({"version": 1, "clawback": clawback})).unwrap();
    let step = step(&first).clone();
    let career = Career { steps: vec![NumberedStep { seq: 1, step }], ..Career::default() };
    let policies = [(cup(), policy)].into();
    let player = Player { accounts, ..player() };
    resettle(cup(), &correction, &player, &career, &policies).unwrap()
}

fn credits(settlement: &Settlement) -> Vec<(Currency, i64, Floor)> {
    let entries = settlement.entries.iter().filter(|it| it.currency != Currency::Xp);
    entries.map(|it| (it.currency, it.amount, it.floor)).collect()
}

#[test]
fn spent_credits_are_owed_unless_the_policy_says_otherwise() {
    let settlement = taken_back("debt");

    let expected = [(Currency::Credit, -30, Floor::Zero), (Currency::Debt, 70, Floor::Zero)];
    assert_eq!(credits(&settlement), expected);
    assert_eq!(settlement.paid.credits, 0, "a debt counts as taken back");
}

#[test]
fn spent_credits_are_overdrawn_where_the_policy_says_so() {
    let settlement = taken_back("overdraw");

    assert_eq!(credits(&settlement), [(Currency::Credit, -100, Floor::Overdraw)]);
    assert_eq!(settlement.paid.credits, 0);
}

#[test]
fn spent_credits_are_forgiven_where_the_policy_says_so_and_the_award_remembers() {
    let settlement = taken_back("forgive");

    assert_eq!(credits(&settlement), [(Currency::Credit, -30, Floor::Zero)]);
    assert_eq!(settlement.paid.credits, 70, "what was let go was paid");
}

#[test]
fn a_correction_needs_the_step_that_it_takes_again() {
    let award = Award { revision: 1, ..award(placed(2)) };
    let policies = [(cup(), RewardPolicy::standard())].into();

    let refusal = resettle(cup(), &award, &player(), &Career::default(), &policies);

    assert_eq!(refusal, Err(Unsettleable::StepMissing(cup())));
}
