//! A badge rule held against the past.

use serde_json::json;

use crate::guerdon::Guerdon;

const RULE: &str = r#"{
  "badge": "EARLY_BIRD", // whoever was there from the start
  "face": { "title": "Early bird", "icon": "🐦" },
  "when": [{ "history": "tournaments", "at_least": 1 }],
}"#;

#[test]
fn preview_names_who_would_be_given_what_and_writes_nothing() {
    let guerdon = Guerdon::with_paid_cup().file("rule.json", RULE);
    let before = guerdon.players();

    let preview = guerdon.json(&["badges", "backfill", "--rule", "rule.json", "--preview"]);
    let words = guerdon.run(&["badges", "backfill", "--rule", "rule.json", "--preview"]);

    assert_eq!(guerdon.players(), before);
    assert_eq!((&preview["outcome"], &preview["badges"]), (&json!("preview"), &json!(3)));
    assert_eq!(preview["face"]["title"], "Early bird");
    let mut names: Vec<_> = preview["first"].as_array().unwrap().iter().collect();
    names.sort_by_key(|it| it["player_name"].to_string());
    assert_eq!(names[0]["player_name"], "ada");
    assert!(words.stdout.contains("would be given 3 times to 3 of 3 players"), "{words:?}");
}

#[test]
fn badges_are_given_once_and_shown_with_their_face() {
    let guerdon = Guerdon::with_paid_cup().file("rule.json", RULE);
    let backfill = ["badges", "backfill", "--rule", "rule.json"];

    let first = guerdon.json(&backfill);
    let second = guerdon.json(&backfill);
    let ada = guerdon.run(&["player", "ada"]);

    assert_eq!((&first["outcome"], &first["badges"]), (&json!("backfilled"), &json!(3)));
    assert_eq!((&second["outcome"], &second["badges"]), (&json!("conflict"), &json!(0)));
    assert_eq!(second["badges_total"], 3);
    assert!(ada.stdout.contains("🐦 Early bird"), "{}", ada.stdout);
}

#[test]
fn badges_are_shown_off_by_rarity_by_time_and_by_category() {
    let guerdon = Guerdon::with_paid_cup().file("rule.json", RULE);
    assert_eq!(guerdon.run(&["badges", "backfill", "--rule", "rule.json"]).code, 0);

    let ada = guerdon.run(&["badges", "show", "ada", "--limit", "1"]);
    let shown = guerdon.json(&["badges", "show", "ada"]);
    let nobody = guerdon.run(&["badges", "show", "nobody"]);

    assert_eq!(ada.code, 0, "{ada:?}");
    let said = "ada has 4 badges: 1 epic, 2 rare, 1 uncommon\n";
    assert!(ada.stdout.starts_with(said), "{}", ada.stdout);
    let titles = ["Rarest", "Latest", "Placement", "Participation", "Achievement"];
    let lines: Vec<_> = ada.stdout.lines().filter(|it| titles.contains(it)).collect();
    assert_eq!(lines, titles);
    let first = |list: &str| shown[list][0]["badge"].clone();
    assert_eq!((first("rarest"), first("latest")), (json!("CHAMPION"), json!("EARLY_BIRD")));
    assert_eq!(shown["latest"][0]["tournament_name"], "cup");
    assert_eq!((nobody.code, nobody.stdout.as_str()), (2, ""));
}

#[test]
fn everything_that_is_wrong_with_a_rule_is_told_with_its_line() {
    let broken = "{\n  \"badge\": \"CHAMPION\",\n  \"when\": [{ \"luck\": 1 }]\n}";
    let guerdon = Guerdon::with_paid_cup().file("rule.json", broken);

    let ended = guerdon.run(&["badges", "backfill", "--rule", "rule.json", "--json"]);

    let problems = ended.error()["problems"].clone();
    let lines: Vec<_> = problems.as_array().unwrap().iter().map(|it| &it["line"]).collect();
    assert_eq!(ended.code, 2);
    assert_eq!(lines, [&json!(2), &json!(3), &json!(3), &json!(3)]);
}
