//! Policies in files.

use serde_json::json;

use crate::guerdon::Guerdon;

#[test]
fn every_problem_of_a_policy_comes_with_its_line() {
    let text = "{\n  \"version\": 0,\n  \"rates\": { \"mental\": -1 },\n  \"bonus\": 1\n}\n";
    let guerdon = Guerdon::new().file("policy.json", text);

    let refused = guerdon.run(&["policy", "check", "policy.json", "--json"]);
    let told = guerdon.run(&["policy", "check", "policy.json"]);

    let error = refused.error();
    let problems = error["problems"].as_array().expect("a list");
    let found: Vec<_> = problems.iter().map(|it| (&it["line"], &it["field"])).collect();
    let line = |line: u64, field: &str| (json!(line), json!(field));
    let wanted = [line(2, "/version"), line(3, "/rates/mental"), line(4, "/bonus")];
    assert_eq!(found, wanted.iter().map(|(line, field)| (line, field)).collect::<Vec<_>>());
    assert_eq!((refused.code, told.code), (2, 2));
    assert!(told.stderr.contains("policy.json:3: /rates/mental:"), "{}", told.stderr);
}

#[test]
fn the_policy_that_is_shown_is_one_that_can_be_used() {
    let guerdon = Guerdon::with_cup();
    let shown = guerdon.run(&["policy", "show"]).stdout;
    let guerdon = guerdon.file("policy.json", &shown);

    let checked = guerdon.json(&["policy", "check", "policy.json"]);
    let paid = guerdon.json(&["run", "cup.csv", "--policy", "policy.json"]);
    let of_tournament = guerdon.run(&["policy", "show", "cup"]).stdout;

    assert_eq!((&checked["outcome"], &paid["outcome"]), (&json!("valid"), &json!("distributed")));
    assert_eq!(of_tournament, shown);
}

#[test]
fn a_broken_policy_is_refused_before_anything_is_written() {
    let guerdon = Guerdon::with_cup().file("policy.json", "{}");

    let refused = guerdon.run(&["run", "cup.csv", "--policy", "policy.json", "--json"]);

    assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("policy-invalid")));
    assert!(!guerdon.path().join("guerdon.db").exists());
}
