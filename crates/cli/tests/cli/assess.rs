//! What coaches say, from a file and from the command line.

use serde_json::{Value, json};

use crate::guerdon::Guerdon;

const SHEET: &str = "occasion,player,skill,percentage,assessor\n\
    autumn,ada,focus,72.5,mentor\n\
    autumn,grace,focus,80,mentor\n\
    autumn,ada,focus,60,\"rival, the\"\n";

const LIST: &str = r#"[
  { "occasion": "autumn", "player": "ada", "skill": "focus", "percentage": 72.5, "assessor": "mentor" },
  { "occasion": "winter", "player": "ada", "skill": "tactics", "percentage": "90", "assessor": "mentor" }
]"#;

#[test]
fn sheet_is_recorded_once_however_often_and_in_whatever_format_it_comes() {
    let guerdon = Guerdon::with_imported_cup().file("sheet.csv", SHEET).file("list.json", LIST);

    let first = guerdon.json(&["assess", "sheet.csv"]);
    let again = guerdon.json(&["assess", "sheet.csv"]);
    let list = guerdon.json(&["assess", "list.json"]);

    assert_eq!(first, json!({ "assessments": 3, "recorded": 3, "known": 0, "players": 2 }));
    assert_eq!(again, json!({ "assessments": 3, "recorded": 0, "known": 3, "players": 2 }));
    assert_eq!(list, json!({ "assessments": 2, "recorded": 1, "known": 1, "players": 1 }));
    assert_eq!(assessed(&guerdon, "ada", "focus"), json!({ "mean": 66.2, "count": 2 }));
    assert_eq!(assessed(&guerdon, "ada", "tactics"), json!({ "mean": 90.0, "count": 1 }));
}

#[test]
fn everything_wrong_with_a_sheet_is_named_and_nothing_of_it_is_recorded() {
    let broken = format!("{SHEET},ada,Focus,101,mentor\nautumn,grace,focus,7.25,mentor\n{SHEET}");
    let guerdon = Guerdon::with_imported_cup().file("sheet.csv", &broken);

    let refused = guerdon.run(&["assess", "sheet.csv", "--json"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    let at = [
        (5, Some("occasion"), "missing"),
        (5, Some("skill"), "invalid"),
        (5, Some("percentage"), "invalid"),
        (6, Some("percentage"), "invalid"),
        (7, Some("percentage"), "invalid"),
        (8, None, "repeated"),
        (9, None, "repeated"),
        (10, None, "repeated"),
    ];
    assert_eq!(places(&refused.error()), at.map(|(line, field, kind)| json!([line, field, kind])));
    assert_eq!(assessed(&guerdon, "ada", "focus"), Value::Null);
}

/// The one rule for whatever people call something, at the line where it is broken.
#[test]
fn names_that_cannot_be_shown_are_refused_as_in_results() {
    let long = "x".repeat(501);
    let broken = format!("{SHEET}autumn,ada,tactics,50,{long}\naut\u{1b}umn,ada,grit,50,mentor\n");
    let guerdon = Guerdon::with_imported_cup().file("sheet.csv", &broken);

    let refused = guerdon.run(&["assess", "sheet.csv"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    for said in [
        "is 501 characters long, expected at most 500 characters; shorten it",
        "sheet.csv:6: occasion: \"aut\\u{1b}umn\" has the control character U+001B",
    ] {
        assert!(refused.stderr.contains(said), "{said} in {}", refused.stderr);
    }
    assert_eq!(assessed(&guerdon, "ada", "focus"), Value::Null);
}

#[test]
fn everything_wrong_with_a_list_is_named_by_line_and_path() {
    let broken =
        "[\n{ \"player\": \"ada\", \"skill\": 3, \"percentage\": -1,\n\"assessor\": [] },\n4]";
    let guerdon = Guerdon::with_imported_cup().file("list.json", broken);

    let refused = guerdon.run(&["assess", "list.json", "--json"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    let found = places(&refused.error());
    for expected in [
        json!([3, "[0].assessor", "invalid"]),
        json!([2, "[0]", "missing"]),
        json!([2, "[0].percentage", "invalid"]),
        json!([4, "[1]", "invalid"]),
    ] {
        assert!(found.contains(&expected), "{expected} in {found:?}");
    }
}

#[test]
fn columns_that_are_missing_are_all_named() {
    let guerdon =
        Guerdon::with_imported_cup().file("sheet.csv", "player,skill,note\nada,focus,x\n");

    let refused = guerdon.run(&["assess", "sheet.csv", "--json"]);

    let missing = ["percentage", "assessor", "occasion"];
    assert_eq!(places(&refused.error()), missing.map(|it| json!([1, it, "column_missing"])));
}

#[test]
fn strangers_are_named_by_their_lines_and_nobody_is_assessed() {
    let strangers =
        format!("{SHEET}autumn,nobody,focus,50,mentor\nautumn,no one,focus,50,mentor\n");
    let guerdon = Guerdon::with_imported_cup().file("sheet.csv", &strangers);

    let refused = guerdon.run(&["assess", "sheet.csv"]);

    assert_eq!(refused.code, 2, "{refused:?}");
    for line in ["sheet.csv:5: player: nobody is called \"nobody\"", "sheet.csv:6: player: "] {
        assert!(refused.stderr.contains(line), "{line} in {}", refused.stderr);
    }
    assert_eq!(assessed(&guerdon, "ada", "focus"), Value::Null);
}

#[test]
fn file_of_nothing_is_refused() {
    let guerdon = Guerdon::with_imported_cup()
        .file("header.csv", "player,skill,percentage,assessor,occasion\n")
        .file("empty.json", "[]");

    for file in ["header.csv", "empty.json", "absent.csv"] {
        assert_eq!(guerdon.run(&["assess", file]).code, 2, "{file}");
    }
}

#[test]
fn one_word_is_said_on_the_command_line() {
    let guerdon = Guerdon::with_imported_cup();
    let word = |player, percentage| {
        let who = ["assess", "--player", player, "--skill", "focus", "--assessor", "mentor"];
        [&who[..], &["--occasion", "autumn", "--percentage", percentage]].concat()
    };

    let recorded = guerdon.json(&word("ada", "72.5"));
    let again = guerdon.json(&word("ada", "99"));
    let stranger = guerdon.run(&[&word("nobody", "50")[..], &["--json"]].concat());

    assert_eq!((&recorded["recorded"], &again["known"]), (&json!(1), &json!(1)));
    assert_eq!(assessed(&guerdon, "ada", "focus"), json!({ "mean": 72.5, "count": 1 }));
    assert_eq!(stranger.error()["message"], "there is no player nobody");
}

#[test]
fn half_a_word_is_usage() {
    let guerdon = Guerdon::with_imported_cup();
    let half = ["assess", "--player", "ada", "--skill", "focus"];
    let wrong = ["--percentage", "101", "--assessor", "mentor", "--occasion", "autumn"];

    for args in [&["assess"][..], &half, &[&half[..], &wrong].concat(), &["assess", "--skill", "a"]]
    {
        let refused = guerdon.run(&[args, &["--json"]].concat());

        assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("usage")), "{args:?}");
    }
}

/// S02, S03, from the outside.
#[test]
fn neither_a_sheet_nor_a_tournament_erases_the_other() {
    let guerdon = Guerdon::with_imported_cup().file("sheet.csv", SHEET);
    let skill = || guerdon.json(&["player", "ada"])["skills"].clone();
    guerdon.json(&["assess", "sheet.csv"]);
    let said = assessed(&guerdon, "ada", "focus");

    guerdon.json(&["finalize", "cup"]);
    let taught = skill();
    guerdon.json(&["assess", "sheet.csv"]);

    assert_eq!(assessed(&guerdon, "ada", "focus"), said);
    assert_eq!(skill(), taught);
    assert_eq!(guerdon.run(&["verify"]).code, 0);
}

/// What coaches say about one skill of a player.
fn assessed(guerdon: &Guerdon, player: &str, skill: &str) -> Value {
    let sheet = guerdon.json(&["player", player]);
    let skills = sheet["skills"].as_array().expect("skills");
    skills.iter().find(|it| it["skill"] == skill).map_or(Value::Null, |it| it["assessed"].clone())
}

/// Line, field and kind of each problem.
fn places(error: &Value) -> Vec<Value> {
    let problems = error["problems"].as_array().expect("problems");
    problems.iter().map(|it| json!([it["line"], it["field"], it["kind"]])).collect()
}
