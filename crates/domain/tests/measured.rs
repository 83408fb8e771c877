//! What was measured is kept as it was read, from the results to the award, and can be asked for.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use domain::{
    BadgeRule, Baseline, Better, Competitor, Evidence, FieldSurvey, Finish, Hash256, MatchRecord,
    Measured, NotMeasured, Occasion, Outcome, Placement, PlanHasher, PlannedAward, PlayerId,
    Progress, RankedEntry, RankedList, Results, RewardPlanner, RewardPolicy, SkillName, Standings,
    StandingsRules, TenThousandths, Tenths, TieRule, TournamentId, standings,
};
use proptest::prelude::*;
use serde_json::{Value, json};

proptest! {
    #[test]
    fn a_value_is_the_same_to_the_last_bit_in_text_and_in_json(
        value in prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO
    ) {
        let measured = Measured::new(value).unwrap();
        let evidence = evidence(Some(measured));

        let text = measured.to_string();
        let document = serde_json::to_string(&evidence).unwrap();

        prop_assert_eq!(text.parse(), Ok(measured));
        prop_assert_eq!(serde_json::from_str::<Evidence>(&document).unwrap(), evidence);
        let read: Value = serde_json::from_str(&document).unwrap();
        prop_assert_eq!(read["measured"].as_f64(), Some(value + 0.0));
    }

    #[test]
    fn a_decimal_meets_the_bound_that_is_written_alike_and_none_beyond(
        digits in -99_999_999_999_999_i64..=99_999_999_999_999, decimals in 6_usize..=14
    ) {
        let decimal = |digits: i64| {
            let sign = if digits < 0 { "-" } else { "" };
            let digits = format!("{:0>width$}", digits.abs(), width = decimals + 1);
            let (whole, rest) = digits.split_at(digits.len() - decimals);
            format!("{sign}{whole}.{rest}")
        };
        let met = |bound: &str, written: &str| {
            let rule = format!(
                r#"{{ "badge": "RECORD_BREAKER",
                      "when": [{{ "evidence": "measured", "{bound}": {written} }}] }}"#
            );
            met(&serde_json::from_str(&rule).unwrap(), &evidence(decimal(digits).parse().ok()))
        };
        let (less, same, more) = (decimal(digits - 1), decimal(digits), decimal(digits + 1));

        prop_assert!(met("at_most", &same) && met("at_least", &same));
        prop_assert!(met("at_most", &more) && met("at_least", &less));
        prop_assert!(!met("at_most", &less) && !met("at_least", &more));
    }
}

#[test]
fn whoever_has_no_measured_value_meets_no_condition_on_it() {
    let any = json!({ "badge": "RECORD_BREAKER",
                      "when": [{ "evidence": "measured", "at_least": -1e15, "at_most": 1e15 }] });

    assert!(met(&any, &evidence(Measured::new(0.0))));
    assert!(!met(&any, &evidence(None)));
}

#[test]
fn only_a_finite_number_is_measured_and_the_zeros_are_one() {
    let refused = ["", "fast", "NaN", "inf", "-infinity", "1e999"];

    assert_eq!(refused.map(str::parse::<Measured>), [Err(NotMeasured); 6]);
    assert_eq!(Measured::new(f64::NAN), None);
    assert!(serde_json::from_value::<Measured>(json!(null)).is_err());
    assert_eq!(Measured::new(-0.0).unwrap().to_string(), "0");
}

#[test]
fn evidence_from_before_reads_without_a_value_and_is_written_as_it_was() {
    let stored = json!({
        "outcome": { "placed": 1 },
        "field_size": 3,
        "opponent_factor": 10_000,
        "match_modifier": 0,
    });

    let read: Evidence = serde_json::from_value(stored.clone()).unwrap();

    assert_eq!(read, evidence(None));
    assert_eq!(serde_json::to_value(read).unwrap(), stored);
}

#[test]
fn who_is_placed_by_a_value_keeps_it_and_nobody_else_has_one() {
    let field = measured(&[
        ("a", Finish::Marked(9.58)),
        ("b", Finish::Unplaced),
        ("c", Finish::Disqualified),
        ("d", Finish::Absent),
    ]);
    let placed = RankedEntry::new(PlayerId::of("a"), Finish::Marked(Placement::FIRST));
    let placements = Results::Ranked(RankedList::Placements(vec![placed]));

    assert_eq!(["a", "b", "c", "d"].map(|it| value(&field, it)), [Some(9.58), None, None, None]);
    let placements = standings(&placements, &StandingsRules::default()).unwrap();
    assert_eq!(value(&placements, "a"), None);
}

#[test]
fn the_value_of_a_team_is_that_of_each_of_its_members() {
    let member = |name, team: &str, value| RankedEntry {
        team: Some(team.into()),
        ..RankedEntry::new(PlayerId::of(name), Finish::Marked(value))
    };
    let entries =
        vec![member("a", "relay", 37.1), member("b", "relay", 37.1), member("c", "others", 38.0)];
    let results = Results::Ranked(RankedList::Measured { better: Better::Lower, entries });

    let field = standings(&results, &StandingsRules::default()).unwrap();

    assert_eq!(["a", "b", "c"].map(|it| value(&field, it)), [Some(37.1), Some(37.1), Some(38.0)]);
}

#[test]
fn nothing_that_was_measured_of_the_disqualified_counts() {
    let field = measured(&[("a", Finish::Marked(9.58)), ("b", Finish::Marked(9.71))]);

    let struck = field.with_disqualified(&BTreeSet::from([PlayerId::of("a")]), TieRule::Skip);

    assert_eq!(["a", "b"].map(|it| value(&struck, it)), [None, Some(9.71)]);
}

#[test]
fn a_value_is_part_of_what_results_and_plans_are_named_by() {
    let field = |value| measured(&[("a", Finish::Marked(value))]);
    let (one, other) = (field(9.58), field(9.69));

    assert_eq!(awards(&one)[0].evidence.measured, Measured::new(9.58));
    assert_ne!(one.hash(), other.hash());
    assert_ne!(plan(&one), plan(&other));
}

#[test]
fn results_are_known_by_the_name_from_before_values_were_kept() {
    let forgotten = {
        let first = RankedEntry::new(PlayerId::of("a"), Finish::Marked(Placement::FIRST));
        let list = Results::Ranked(RankedList::Placements(vec![first]));
        standings(&list, &StandingsRules::default()).unwrap()
    };
    let kept = measured(&[("a", Finish::Marked(9.58))]);

    assert_ne!(kept.hash(), forgotten.hash());
    assert_eq!(kept.names(), [kept.hash(), forgotten.hash()]);
    assert_eq!(forgotten.names(), [forgotten.hash(); 2]);
}

fn measured(rows: &[(&str, Finish<f64>)]) -> Standings {
    let entries = rows.iter().map(|(name, finish)| RankedEntry::new(PlayerId::of(name), *finish));
    let entries = entries.collect();
    let results = Results::Ranked(RankedList::Measured { better: Better::Lower, entries });
    standings(&results, &StandingsRules::default()).unwrap()
}

fn value(standings: &Standings, name: &str) -> Option<f64> {
    let player = PlayerId::of(name);
    let standing = standings.entries().iter().find(|it| it.player == player).unwrap();
    standing.measured.map(Measured::get)
}

fn plan(standings: &Standings) -> Hash256 {
    let policy = RewardPolicy::standard();
    let mut hasher = PlanHasher::new(TournamentId::of("sprint"), 0, &policy);
    for award in awards(standings) {
        hasher.add(&award);
    }
    hasher.finish()
}

fn awards(standings: &Standings) -> Vec<PlannedAward> {
    let policy = RewardPolicy::standard();
    let competitor =
        |it: &domain::Standing| Competitor { standing: it.clone(), baseline: Baseline::default() };
    let field: Vec<_> = standings.entries().iter().map(competitor).collect();
    let mut survey = FieldSurvey::new(&policy, standings.field_size());
    for competitor in &field {
        survey.add(competitor);
    }
    let mut planner = RewardPlanner::new(&policy, survey);
    field.iter().map(|it| planner.award(it).unwrap()).collect()
}

fn met(rule: &Value, evidence: &Evidence) -> bool {
    let rule = BadgeRule::from_document(rule).unwrap();
    let (progress, skills) = (Progress::default(), |_: &SkillName| Tenths::new(600));
    rule.is_met_by(&Occasion { evidence, progress: &progress, skills: &skills })
}

fn evidence(measured: Option<Measured>) -> Evidence {
    Evidence {
        outcome: Outcome::Placed(Placement::FIRST),
        field_size: 3,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
        record: MatchRecord::default(),
        measured,
    }
}
