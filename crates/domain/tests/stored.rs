//! What databases hold and documents say: names, hashes and keys are for ever.

use domain::{
    Award, AwardState, BadgeType, Cause, ChargeId, ChargeStep, Currency, Evidence, Hash256, Hasher,
    IdempotencyKey, MatchRecord, NotAHash, Outcome, Placement, PlanHasher, PlannedAward, PlayerId,
    RefundId, Reward, RewardPolicy, SkillCategory, SkillName, TenThousandths, TournamentId,
    TournamentStatus,
};

#[test]
fn states_of_an_award_have_names() {
    let failed = AwardState::Failed { reason: "full".into() };

    let names = [AwardState::Pending, AwardState::Applied, failed].map(|it| it.as_str());

    assert_eq!(names, ["pending", "applied", "failed"]);
}

#[test]
fn categories_of_skills_print_as_they_are_stored() {
    use SkillCategory::{Mental, None, Physical, Tactical, Technical};
    let all = [Technical, Tactical, Physical, Mental, None];

    let names = all.map(SkillCategory::as_str);

    assert_eq!(names, ["technical", "tactical", "physical", "mental", "none"]);
    assert_eq!(all.map(|it| it.to_string()), names);
    assert_eq!(format!("{Mental:>8}"), "  mental");
}

#[test]
fn whatever_has_a_name_prints_it() {
    let skill = SkillName::new("first-touch").unwrap();

    assert_eq!(skill.to_string(), "first-touch");
    assert_eq!(BadgeType::TripleCrown.to_string(), "TRIPLE_CROWN");
    assert_eq!(TournamentStatus::RewardsDistributed.to_string(), "rewards_distributed");
    assert_eq!(Currency::Credit.to_string(), "CREDIT");
}

#[test]
fn badges_that_are_had_once_in_a_life_are_these_and_no_others() {
    use BadgeType::{FirstTournament, TournamentLegend, TournamentVeteran, TripleCrown};

    let once: Vec<_> = BadgeType::ALL.iter().filter(|it| it.is_once_in_a_life()).collect();

    assert_eq!(once, [&FirstTournament, &TournamentVeteran, &TournamentLegend, &TripleCrown]);
}

#[test]
fn key_prints_as_it_is_stored() {
    let (cup, ada) = (TournamentId::of("cup"), PlayerId::of("ada"));

    let key = IdempotencyKey::of(&Cause::Award { tournament: cup, revision: 2 }, ada, Currency::Xp);

    assert_eq!(key.to_string(), format!("reward:{cup}:{ada}:XP:2"));
    assert_eq!(key.to_string(), key.as_str());
}

#[test]
fn what_ends_a_hold_has_one_key_and_every_other_movement_its_own() {
    use ChargeStep::{Expire, Hold, Refund, Release, Settle, Spend};
    let (ada, charge) = (PlayerId::of("ada"), ChargeId::of("sword"));
    let refund = RefundId::of("blunt");
    let key = |step, currency| {
        IdempotencyKey::of(&Cause::Charge { charge, step }, ada, currency).to_string()
    };

    let keys = [Settle, Release, Expire].map(|it| key(it, Currency::Credit));
    assert_eq!(keys, [(); 3].map(|()| format!("charge:{charge}:end")));
    let keys = [Hold, Spend, Refund(refund)].map(|it| key(it, Currency::Credit));
    let made =
        ["hold", "spend", &format!("refund:{refund}")].map(|it| format!("charge:{charge}:{it}"));
    assert_eq!(keys, made);
    assert_eq!(
        key(Refund(refund), Currency::Debt),
        format!("charge:{charge}:refund:{refund}:DEBT")
    );
    let level = Cause::LevelUp { tournament: TournamentId::of("cup"), level: 7 };
    let key = IdempotencyKey::of(&level, ada, Currency::Credit);
    assert_eq!(key.as_str(), format!("level_up:{ada}:7"), "whichever tournament reaches it");
}

#[test]
fn hash_is_its_digits_in_every_form() {
    let hash = Hasher::new("test").finish();
    let digits = hash.to_string();

    assert_eq!(String::from(hash), digits);
    assert_eq!(format!("{hash:?}"), digits);
    assert_eq!(digits.len(), 64);
}

#[test]
fn sixty_four_digits_are_a_hash_and_nothing_else_is() {
    let digits = "ab".repeat(32);
    let (short, long) = (&digits[1..], format!("{digits}a"));
    let other = digits.replace('b', "g");

    for text in [short, &long, &other, ""] {
        assert_eq!(text.parse::<Hash256>(), Err(NotAHash), "{text}");
    }
    assert!(digits.parse::<Hash256>().is_ok());
}

/// The plan of a tournament that was paid years ago must still have the hash that it had then. Change
/// neither this number nor what it is made of: write the next version of the hash beside it.
#[test]
fn plan_that_was_frozen_long_ago_keeps_its_hash() {
    let cup = TournamentId::of("cup");
    let placed = Outcome::Placed(Placement::new(7).unwrap());
    let mut hasher = PlanHasher::new(cup, 3, &RewardPolicy::standard());

    for outcome in [placed, Outcome::Unplaced, Outcome::Absent, Outcome::Disqualified] {
        hasher.add(&award(outcome).planned);
    }

    let frozen = "dfb228387f63266632a9474fe7add04df9f365d049c36c49a96ea9d90c963e5c";
    assert_eq!(hasher.finish().to_string(), frozen);
}

fn award(outcome: Outcome) -> Award {
    let record = MatchRecord { wins: 1, draws: 2, losses: 3, goals_for: 4, goals_against: 5 };
    let evidence = Evidence {
        outcome,
        field_size: 9,
        opponent_factor: TenThousandths::new(12_345),
        match_modifier: TenThousandths::new(-678),
        record,
        measured: None,
    };
    let reward = Reward { xp_base: 50, xp_bonus: 7, credits: 1 };
    let planned = PlannedAward { player: PlayerId::of("ada"), team: None, evidence, reward };
    Award { revision: 3, planned, state: AwardState::Pending, paid: None }
}
