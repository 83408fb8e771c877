//! A record is broken, and what was measured turns out to be wrong.

use serde_json::{Value, json};

use crate::guerdon::Guerdon;

const POLICY: &str = r#"{
  "version": 7,
  "badges": { "rules": [
    { "badge": "RECORD_BREAKER", "when": [{ "evidence": "measured", "at_most": 9.58 }] },
  ] },
}"#;
const BY_VALUE: [&str; 4] = ["--value-column", "seconds", "--better", "lower"];

#[test]
fn a_record_is_broken_at_the_bound_and_stands_no_more_when_the_value_is_corrected() {
    let guerdon = sprint("9.58");
    paid(&guerdon, &BY_VALUE);
    let first = badges(&guerdon);

    let slower = guerdon.file("sprint.csv", &results("9.580000000000002"));
    let shown = corrected(&slower);
    let taken = badges(&slower);
    let restored = slower.file("sprint.csv", &results("9.58"));
    corrected(&restored);

    assert_eq!(first, json!([["CHAMPION", false], ["RECORD_BREAKER", false]]));
    assert!(shown.contains("1 (9.58)") && shown.contains("1 (9.580000000000002)"), "{shown}");
    assert_eq!(taken, json!([["CHAMPION", false], ["RECORD_BREAKER", true]]));
    assert_eq!(badges(&restored), first);
    assert!(!restored.run(&["player", "gay"]).stdout.contains("Record"));
    assert_eq!(restored.run(&["verify"]).code, 0);
}

#[test]
fn a_record_of_the_disqualified_stands_no_more() {
    let guerdon = sprint("9.58");
    paid(&guerdon, &BY_VALUE);

    let strike = ["disqualify", "sprint", "bolt", "--reason", "a false start"];
    let plan = plan(&guerdon.json(&strike));
    guerdon.json(&[&strike[..], &["--plan", &plan]].concat());

    let taken = json!([["CHAMPION", true], ["RECORD_BREAKER", true]]);
    assert_eq!(badges(&guerdon), taken);
    assert_eq!(guerdon.run(&["verify"]).code, 0);
}

/// Databases from before measured values were kept have the places that came of them and no more.
#[test]
fn results_without_their_values_are_known_and_a_correction_takes_the_values_in() {
    let guerdon = sprint("9.58");
    paid(&guerdon, &["--placement-column", "place"]);
    let before = badges(&guerdon);

    let again =
        guerdon.json(&[&["run", "sprint.csv", "--policy", "policy.json"], &BY_VALUE[..]].concat());
    let untouched = badges(&guerdon);
    let shown = corrected(&guerdon);

    assert_eq!((&before, &untouched), (&json!([["CHAMPION", false]]), &before));
    assert_eq!(again["tournaments"]["already_paid"], 1, "{again}");
    assert!(shown.contains("2 of 3 participants changed, 0 XP, 0 credits"), "{shown}");
    assert_eq!(badges(&guerdon), json!([["CHAMPION", false], ["RECORD_BREAKER", false]]));
    assert_eq!(guerdon.run(&["verify"]).code, 0);
}

#[test]
fn a_value_that_is_changed_behind_the_back_of_the_plan_is_found() {
    let guerdon = sprint("9.59");
    paid(&guerdon, &BY_VALUE);

    guerdon.sql("UPDATE awards SET measured = '9.58' WHERE measured = '9.59'");

    let found = guerdon.run(&["verify"]);
    assert_eq!(found.code, 1, "{found:?}");
    assert!(found.stdout.contains("INV-R08"), "{}", found.stdout);
}

#[test]
fn a_rule_is_held_against_what_was_measured_in_the_past() {
    let rule = r#"{
      "badge": "UNDER_TEN",
      "face": { "title": "Under ten", "icon": "⏱" },
      "when": [{ "evidence": "measured", "at_most": 9.99 }],
    }"#;
    let guerdon = sprint("9.58").file("rule.json", rule);
    paid(&guerdon, &BY_VALUE);

    let given = guerdon.json(&["badges", "backfill", "--rule", "rule.json"]);

    assert_eq!((&given["badges"], &given["players"]), (&json!(2), &json!(3)), "{given}");
    let preview = guerdon.json(&["preview", "sprint"]);
    let mut measured: Vec<_> = preview["awards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["evidence"]["measured"].as_f64())
        .collect();
    measured.sort_by(|a, b| a.partial_cmp(b).unwrap());
    assert_eq!(measured, [None, Some(9.58), Some(9.71)], "who did not finish has no value");
}

fn sprint(winner: &str) -> Guerdon {
    Guerdon::new().file("policy.json", POLICY).file("sprint.csv", &results(winner))
}

fn results(winner: &str) -> String {
    format!("player,place,seconds\nbolt,1,{winner}\ngay,2,9.71\npowell,DNF,DNF\n")
}

fn paid(guerdon: &Guerdon, reading: &[&str]) {
    let ended = guerdon.run(&[&["run", "sprint.csv", "--policy", "policy.json"], reading].concat());
    assert_eq!(ended.code, 0, "{ended:?}");
}

/// Corrects the results to those of the file; what was shown before.
fn corrected(guerdon: &Guerdon) -> String {
    let correct =
        [&["correct", "sprint.csv", "--reason", "measured again"], &BY_VALUE[..]].concat();
    let shown = guerdon.run(&correct).stdout;
    let plan = plan(&guerdon.json(&correct));
    guerdon.json(&[&correct[..], &["--plan", &plan]].concat());
    shown
}

fn plan(shown: &Value) -> String {
    shown["corrections"][0]["plan_hash"].as_str().expect("it would change something").to_owned()
}

/// The badges of the winner that are told apart here, and whether they were taken away.
fn badges(guerdon: &Guerdon) -> Value {
    let winner = guerdon.json(&["player", "bolt"]);
    let badges = winner["badges"].as_array().into_iter().flatten();
    let mut told: Vec<_> = badges
        .filter(|it| ["CHAMPION", "RECORD_BREAKER"].iter().any(|name| it["badge"] == *name))
        .map(|it| (it["badge"].as_str().unwrap_or_default().to_owned(), !it["revoked"].is_null()))
        .collect();
    told.sort();
    json!(told)
}
