//! A paid season is corrected, and corrected back.

use serde_json::Value;

use crate::{
    guerdon::Guerdon,
    season::{RACE, READING, WINNER, paid_season},
};

#[test]
fn a_disqualified_winner_of_a_real_season_pays_back_and_an_appeal_restores_everything() {
    let guerdon = paid_season();
    let before = digest(&guerdon);
    let alonso = account(&guerdon);

    let strike = ["disqualify", RACE, WINNER, "--reason", "wing below minimum weight"];
    let shown = guerdon.json(&strike);
    let untouched = digest(&guerdon);
    let paid = guerdon.json(&[&strike[..], &["--plan", &plan(&shown)]].concat());
    let struck = (digest(&guerdon), account(&guerdon));
    let restore = [&["correct", "season.csv", "--reason", "appeal upheld"][..], &READING].concat();
    let back = guerdon.json(&restore);
    let restored = guerdon.json(&[&restore[..], &["--plan", &plan(&back)]].concat());

    assert_eq!((untouched, &difference(&shown)), (before.clone(), &(17, -57, 0)));
    assert_eq!(paid["corrections"][0]["credits_posted"], 0, "the prizes changed hands");
    assert_ne!(struck.0, before);
    assert_eq!(struck.1, (alonso.0 - 600, alonso.1 - 100));
    assert_eq!(restored["corrections"][0]["tournament"]["revision"], 2);
    assert_eq!(digest(&guerdon), before, "as if nothing had been");
    let ledger = guerdon.lines(&["ledger", WINNER, "--currency", "xp", "--limit", "100"]);
    assert_eq!(ledger.len(), 21, "nineteen races, and there and back");
    assert_eq!(guerdon.run(&["verify"]).code, 0);
}

#[test]
fn a_correction_names_the_plan_that_was_shown() {
    let guerdon = paid_season();
    let before = digest(&guerdon);
    let other = "0".repeat(64);

    let refused =
        guerdon.run(&["disqualify", RACE, WINNER, "--reason", "why not", "--plan", &other]);
    let nobody = guerdon.run(&["disqualify", RACE, "nobody", "--reason", "who"]);
    let silent = guerdon.run(&["disqualify", RACE, WINNER]);
    let unknown = guerdon.run(&["disqualify", "no-race", WINNER, "--reason", "where"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("preview it again"), "{}", refused.stderr);
    assert_eq!(nobody.code, 2, "{nobody:?}");
    assert!(nobody.stderr.contains("nobody"), "{}", nobody.stderr);
    assert_eq!(silent.code, 2, "{silent:?}");
    assert_eq!(unknown.code, 2, "{unknown:?}");
    assert_eq!(digest(&guerdon), before);
}

#[test]
fn broken_results_are_refused_with_every_problem_and_correct_nothing() {
    let guerdon = paid_season();
    let before = digest(&guerdon);
    let header = "race_id,date,position,driver_id";
    let broken =
        format!("{header}\n{RACE},2010-03-14,1,{WINNER}\n{RACE},2010-03-14,x,felipe-massa\n");
    let guerdon = guerdon.file("broken.csv", &broken);

    let refused = guerdon.run(&["correct", "broken.csv", "--reason", "a slip"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("broken.csv:3"), "{}", refused.stderr);
    assert_eq!(digest(&guerdon), before);
}

fn digest(guerdon: &Guerdon) -> Value {
    guerdon.json(&["export", "--digest"])["digest"].clone()
}

/// XP and credits of the winner.
fn account(guerdon: &Guerdon) -> (i64, i64) {
    let winner = guerdon.json(&["player", WINNER]);
    let amount = |of: &str| winner[of].as_i64().expect("an amount");
    (amount("xp_balance"), amount("credit_balance"))
}

/// The plan of the one tournament that would change.
fn plan(shown: &Value) -> String {
    let corrections = shown["corrections"].as_array().into_iter().flatten();
    let mut plans = corrections.filter_map(|it| it["plan_hash"].as_str());
    plans.next().expect("one tournament would change").to_owned()
}

fn difference(shown: &Value) -> (i64, i64, i64) {
    let of = |name: &str| shown["corrections"][0][name].as_i64().expect("a number");
    (of("changed"), of("xp_difference"), of("credits_difference"))
}
