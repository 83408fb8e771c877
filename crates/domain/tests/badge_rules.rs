//! Badges by rule: what a rule may look at, whom it gives its badge, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{
    BadgeCategory, BadgeName, BadgeRule, BadgeType, Evidence, MatchRecord, Measured, Occasion,
    Outcome, Placement, PolicyProblem, Progress, Rarity, RewardPolicy, SkillName, TenThousandths,
    Tenths,
};
use serde_json::{Value, json};

#[test]
fn a_rule_gives_its_badge_to_whoever_meets_every_condition() {
    let rule = rule(&json!({ "badge": "COMEBACK_KING", "when": [
        { "evidence": "placement", "at_most": 3 },
        { "evidence": "losses", "at_least": 1, "at_most": 2 },
    ] }));
    let met = |outcome, losses| {
        let record = MatchRecord { losses, ..MatchRecord::default() };
        met(&rule, &Evidence { outcome, record, ..evidence() }, Progress::default())
    };

    assert!(met(placed(3), 1));
    assert!(!met(placed(4), 1));
    assert!(!met(placed(1), 0));
    assert!(!met(placed(1), 3));
    assert!(!met(Outcome::Unplaced, 1), "who has no placement meets no condition on it");
}

#[test]
fn every_number_of_the_evidence_can_be_bounded() {
    let record = MatchRecord { wins: 4, draws: 2, losses: 1, goals_for: 9, goals_against: 11 };
    let evidence = Evidence {
        outcome: placed(3),
        field_size: 30,
        opponent_factor: TenThousandths::new(12_500),
        match_modifier: TenThousandths::new(-2_500),
        record,
        measured: Measured::new(9.58),
    };
    let expected = [
        ("placement", 3.0),
        ("top_percent", 10.0),
        ("field_size", 30.0),
        ("opponent_factor", 1.25),
        ("match_modifier", -0.25),
        ("played", 7.0),
        ("wins", 4.0),
        ("draws", 2.0),
        ("losses", 1.0),
        ("undefeated", 0.0),
        ("goals_for", 9.0),
        ("goals_against", 11.0),
        ("margin", -2.0),
        ("measured", 9.58),
    ];

    for (field, value) in expected {
        let is = |value: f64| {
            let condition = json!({ "evidence": field, "at_least": value, "at_most": value });
            met(&rule_when(&condition), &evidence, Progress::default())
        };
        assert!(is(value), "{field} is not {value}");
        assert!(!is(value + 1.0), "{field} is any number");
    }
}

#[test]
fn every_number_of_the_history_can_be_bounded() {
    let progress = Progress {
        tournaments: 9,
        wins: 4,
        podiums: 7,
        win_streak: 2,
        podium_streak: 3,
        level_max: 5,
    };
    let expected = [
        ("tournaments", 9),
        ("wins", 4),
        ("podiums", 7),
        ("win_streak", 2),
        ("podium_streak", 3),
        ("level", 5),
    ];

    for (field, value) in expected {
        let is = |value: u32| {
            let condition = json!({ "history": field, "at_least": value, "at_most": value });
            met(&rule_when(&condition), &evidence(), progress)
        };
        assert!(is(value), "{field} is not {value}");
        assert!(!is(value + 1), "{field} is any number");
    }
}

#[test]
fn whoever_has_played_and_lost_nothing_is_undefeated() {
    let rule = rule_when(&json!({ "evidence": "undefeated", "at_least": 1 }));
    let met = |wins, draws, losses| {
        let record = MatchRecord { wins, draws, losses, ..MatchRecord::default() };
        met(&rule, &Evidence { record, ..evidence() }, Progress::default())
    };

    assert!(met(1, 2, 0));
    assert!(!met(5, 0, 1));
    assert!(!met(0, 0, 0), "who has not played has not been defeated, and not won either");
}

#[test]
fn a_skill_is_bounded_by_its_level_or_by_tiers() {
    let stamina_at = |bounds: Value, level: i32| {
        let mut condition = bounds;
        condition["skill"] = "stamina".into();
        let skills = |skill: &SkillName| {
            if skill.as_str() == "stamina" { Tenths::new(level) } else { Tenths::new(600) }
        };
        let progress = Progress::default();
        let occasion = Occasion { evidence: &evidence(), progress: &progress, skills: &skills };
        rule_when(&condition).is_met_by(&occasion)
    };

    let advanced = || json!({ "at_least": "advanced", "at_most": "advanced" });
    let levels = [849, 850, 949, 950];
    assert_eq!(levels.map(|it| stamina_at(advanced(), it)), [false, true, true, false]);
    assert!(stamina_at(json!({ "at_least": 72.5 }), 725));
    assert!(!stamina_at(json!({ "at_least": 72.5 }), 724));
    assert!(stamina_at(json!({ "at_most": "master" }), 1_000));
}

#[test]
fn a_badge_of_ones_own_is_what_its_rule_says() {
    let document = json!({
        "version": 1,
        "badges": { "rules": [{
            "badge": "HAT_TRICK",
            "category": "specialization",
            "once_in_a_life": true,
            "face": { "title": "Hat-trick hero", "icon": "🎩", "rarity": "legendary" },
            "when": [{ "history": "win_streak", "at_least": 3 }],
        }] },
    });
    let policy = RewardPolicy::from_document(&document).unwrap();
    let badge = own("HAT_TRICK");

    let rule = policy.badges().rule_of(badge).unwrap();
    let face = policy.badges().face(badge);

    assert!(rule.once_in_a_life);
    assert_eq!(policy.badges().category(badge), BadgeCategory::Specialization);
    assert_eq!((face.title.as_str(), face.rarity), ("Hat-trick hero", Rarity::Legendary));
    assert_eq!(face.description, badge.face().description, "what is not said is as usual");
    assert_eq!(badge.face().title, "Hat trick");
}

#[test]
fn a_catalogue_replaces_the_face_of_a_badge_and_nothing_else() {
    let policy = RewardPolicy::from_document(&json!({
        "version": 1,
        "badges": {
            "catalogue": {
                "CHAMPION": { "title": "World champion", "rarity": "legendary" },
                "CLEAN_SHEET": { "icon": "🧤" },
            },
            "rules": [{
                "badge": "CLEAN_SHEET",
                "face": { "icon": "🥅" },
                "when": [{ "evidence": "goals_against", "at_most": 0 }],
            }],
        },
    }))
    .unwrap();

    let face = policy.badges().face(BadgeType::Champion);

    assert_eq!((face.title.as_str(), face.rarity), ("World champion", Rarity::Legendary));
    assert_eq!(face.icon, BadgeType::Champion.face().icon);
    assert_eq!(policy.badges().face(BadgeType::RunnerUp), BadgeType::RunnerUp.face());
    assert_eq!(policy.badges().face(own("CLEAN_SHEET")).icon, "🧤", "it has the last word");
}

#[test]
fn every_problem_of_every_rule_is_named_at_once() {
    let broken = json!({ "version": 1, "badges": {
        "rules": [
            { "badge": "CHAMPION", "when": [{ "evidence": "wins", "at_least": 1 }] },
            { "badge": "MARKSMAN", "when": [] },
            { "badge": "MARKSMAN", "when": [{ "evidence": "wins" }] },
            { "badge": "no name", "when": [{ "evidence": "luck", "at_least": 1 }] },
            { "badge": "CONSISTENCY", "category": "milestone", "when": [
                { "evidence": "wins", "history": "wins", "at_least": 1 },
                { "skill": "Running", "at_least": "quick" },
                { "skill": "running", "at_most": "quick" },
                { "history": "wins", "at_least": "master" },
            ] },
            { "badge": "OWN", "when": [{ "history": "level", "at_least": 2 }] },
            { "badge": "OWN", "once_in_a_life": true, "category": "milestone",
              "when": [{ "history": "level", "at_least": 5 }] },
        ],
        "catalogue": { "OWNED": { "icon": "🦉" } },
    } });

    let mut places: Vec<_> = problems(&broken).into_iter().map(|it| it.pointer).collect();

    places.sort_unstable();
    places.dedup();
    assert_eq!(
        places,
        [
            "/badges/catalogue/OWNED",
            "/badges/rules/0/badge",
            "/badges/rules/1/when",
            "/badges/rules/2/when/0",
            "/badges/rules/3/badge",
            "/badges/rules/3/when/0/evidence",
            "/badges/rules/4/category",
            "/badges/rules/4/when/0",
            "/badges/rules/4/when/1/at_least",
            "/badges/rules/4/when/1/skill",
            "/badges/rules/4/when/2/at_most",
            "/badges/rules/4/when/3/at_least",
            "/badges/rules/6/category",
            "/badges/rules/6/once_in_a_life",
        ]
    );
}

#[test]
fn a_rule_alone_is_read_and_refused_like_one_of_a_policy() {
    let document = json!({ "badge": "SPEED_DEMON", "when": [
        { "evidence": "top_percent", "at_most": 5 },
        { "skill": "stamina", "at_least": "master" },
    ] });

    let read = BadgeRule::from_document(&document).unwrap();
    let again = BadgeRule::from_document(&read.to_document());

    assert_eq!(again, Ok(read));
    let refused = BadgeRule::from_document(&json!({ "badge": "SPEED_DEMON", "then": 1 }));
    let places: Vec<_> = refused.unwrap_err().into_iter().map(|it| it.pointer).collect();
    assert_eq!(places, ["/when", "/then"]);
}

/// The text of a stored policy is hashed into plans: what it could say before, it says as before.
#[test]
fn rules_as_they_were_have_the_documents_that_they_had() {
    let document = json!({ "badge": "COMEBACK_KING", "when": [
        { "evidence": "placement", "at_most": 3.0 },
        { "evidence": "losses", "at_least": 1.0, "at_most": 2.0 },
    ] });

    let written = BadgeRule::from_document(&document).unwrap().to_document();

    assert_eq!(written.to_string(), document.to_string());
}

#[test]
fn names_of_ones_own_are_short_plain_and_none_of_the_table() {
    let refused = ["", "lower", "WITH SPACE", "CHAMPION", "Ä", &"X".repeat(33)];

    for name in refused {
        assert!(BadgeName::new(name).is_err(), "{name:?}");
    }
    for name in ["X", "TOP_10", &"X".repeat(32)] {
        let badge = own(name);
        assert_eq!(badge.as_str(), name);
        assert_eq!(BadgeType::parse(name), Some(badge));
        assert_eq!(serde_json::to_value(badge).unwrap(), json!(name));
        assert_eq!(serde_json::from_value::<BadgeType>(json!(name)).unwrap(), badge);
    }
}

#[test]
fn badges_of_ones_own_come_behind_the_table_by_name() {
    let mut badges = [own("B"), own("AB"), own("A"), BadgeType::Marksman, own("A_")];

    badges.sort_unstable();

    let names: Vec<_> = badges.iter().map(BadgeType::as_str).collect();
    assert_eq!(names, ["MARKSMAN", "A", "AB", "A_", "B"]);
    assert!(badges.iter().all(|it| it.is_by_policy()));
}

fn rule(document: &Value) -> BadgeRule {
    BadgeRule::from_document(document).unwrap()
}

fn rule_when(condition: &Value) -> BadgeRule {
    rule(&json!({ "badge": "ANY", "when": [condition] }))
}

fn met(rule: &BadgeRule, evidence: &Evidence, progress: Progress) -> bool {
    let skills = |_: &SkillName| Tenths::new(600);
    rule.is_met_by(&Occasion { evidence, progress: &progress, skills: &skills })
}

fn problems(document: &Value) -> Vec<PolicyProblem> {
    RewardPolicy::from_document(document).unwrap_err()
}

fn own(name: &str) -> BadgeType {
    BadgeType::Own(BadgeName::new(name).unwrap())
}

fn placed(rank: u32) -> Outcome {
    Outcome::Placed(Placement::new(rank).unwrap())
}

fn evidence() -> Evidence {
    Evidence {
        outcome: placed(1),
        field_size: 8,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
        record: MatchRecord::default(),
        measured: None,
    }
}
