//! The main job, and what it refuses.

use serde_json::json;

use crate::guerdon::{CUP, Guerdon};

#[test]
fn the_first_run_pays_and_the_second_posts_nothing() {
    let guerdon = Guerdon::with_cup();

    let first = guerdon.json(&["run", "cup.csv"]);
    let paid = guerdon.players();
    let second = guerdon.json(&["run", "cup.csv"]);

    assert_eq!(first["outcome"], "distributed");
    assert_eq!((&first["participants_paid"], &first["entries_posted"]), (&json!(3), &json!(6)));
    assert_eq!(first["credits_posted"], 175);
    assert_eq!(first["tournament"]["top_awards"][0]["player_key"], "ada");
    assert_eq!(second["outcome"], "conflict");
    assert_eq!((&second["entries_posted"], &second["badges_awarded"]), (&json!(0), &json!(0)));
    assert_eq!(second["tournaments"]["already_paid"], 1);
    assert_eq!(second["tournament"]["xp_total"], first["xp_posted"]);
    assert_eq!(guerdon.players(), paid);
}

#[test]
fn people_read_the_same_in_words() {
    let guerdon = Guerdon::with_cup();

    let first = guerdon.run(&["run", "cup.csv"]);
    let second = guerdon.run(&["run", "cup.csv"]);

    assert!(first.stdout.contains("🥇 Champion"), "{}", first.stdout);
    assert!(first.stdout.contains("Paid 1 tournament."), "{}", first.stdout);
    assert!(second.stdout.contains("0 new ledger entries"), "{}", second.stdout);
    assert_eq!((first.code, second.code), (0, 0));
}

#[test]
fn an_import_pays_nothing_until_it_is_finalized() {
    let guerdon = Guerdon::with_cup();

    let imported = guerdon.json(&["import", "cup.csv"]);
    let owned = guerdon.players();
    let run = guerdon.json(&["run", "cup.csv"]);

    assert_eq!(
        (&imported["outcome"], &imported["entries_posted"]),
        (&json!("imported"), &json!(0))
    );
    assert!(owned.iter().all(|it| it["xp_balance"] == 0), "{owned:?}");
    assert_eq!(
        (&run["tournaments"]["imported"], &run["tournaments"]["paid"]),
        (&json!(0), &json!(1))
    );
}

#[test]
fn every_problem_is_told_at_once_and_nothing_is_written() {
    let guerdon = Guerdon::with_cup()
        .file("gap.csv", "player,placement\nada,1\ngrace,5\n")
        .file("twice.csv", "player,placement\nada,1\nada,2\n");

    let refused = guerdon.run(&["run", "cup.csv", "gap.csv", "twice.csv", "none.csv", "--json"]);

    let error = refused.error();
    assert_eq!((refused.code, &error["code"]), (2, &json!("input-refused")));
    let files = |name: &str| {
        error["problems"].as_array().is_some_and(|it| it.iter().any(|it| it["file"] == name))
    };
    assert!(files("gap.csv") && files("twice.csv") && files("none.csv"), "{error}");
    assert!(!guerdon.path().join("guerdon.db").exists(), "not even a database");
}

#[test]
fn a_name_with_a_control_character_is_refused_with_its_place_and_nothing_is_written() {
    let guerdon = Guerdon::new().file("cup.csv", "player,player_name,rank\nada,A\0da,1\n");

    let people = guerdon.run(&["run", "cup.csv"]);
    let refused = guerdon.run(&["run", "cup.csv", "--json"]);

    let expected = "cup.csv:2: player_name: \"A\\0da\" has the control character U+0000, \
                    expected a text without control characters; remove the character";
    assert!(people.stderr.contains(expected), "{}", people.stderr);
    assert_eq!((people.code, refused.code), (2, 2));
    let problem = &refused.error()["problems"][0];
    assert_eq!((&problem["line"], &problem["field"]), (&json!(2), &json!("player_name")));
    assert_eq!(problem["expected"], "a text without control characters");
    assert_eq!(problem["advice"], "remove the character");
    assert!(!guerdon.path().join("guerdon.db").exists(), "not even a database");
}

#[test]
fn an_actor_whom_no_record_can_show_is_a_wrong_argument() {
    let guerdon = Guerdon::with_cup();

    let refused = guerdon.run(&["run", "cup.csv", "--actor", "me\u{1b}[2J"]);

    let expected =
        "it has the control character U+001B, expected a text without control characters";
    assert!(refused.stderr.contains(expected), "{}", refused.stderr);
    assert_eq!(refused.code, 2);
    assert!(!guerdon.path().join("guerdon.db").exists(), "not even a database");
}

#[test]
fn with_keep_going_the_good_ones_are_paid_and_the_others_listed() {
    let guerdon = Guerdon::with_cup().file("twice.csv", "player,placement\nada,1\nada,2\n");

    let ended = guerdon.run(&["run", "cup.csv", "twice.csv", "--keep-going", "--json"]);

    let report = ended.json();
    assert_eq!((ended.code, &report["outcome"]), (1, &json!("incomplete")));
    assert_eq!(
        (&report["tournaments"]["paid"], &report["participants_paid"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(report["left_out"][0]["tournament"], "twice");
    assert_eq!(report["left_out"][0]["problems"][0]["line"], 3);
}

#[test]
fn no_part_of_a_broken_tournament_is_paid() {
    let scattered = "race_id,player,placement\na,ada,1\nb,ada,1\na,grace,2\n";
    let guerdon = Guerdon::new().file("races.csv", scattered);

    let args = ["run", "races.csv", "--tournament-column", "race_id", "--keep-going", "--json"];
    let report = guerdon.run(&args).json();

    assert_eq!(report["tournaments"]["paid"], 1, "{report}");
    assert_eq!(guerdon.lines(&["tournaments"])[0]["key"], "b");
}

#[test]
fn other_results_for_a_paid_tournament_are_refused() {
    let guerdon = Guerdon::with_cup();
    guerdon.json(&["run", "cup.csv"]);
    let paid = guerdon.players();
    let guerdon = guerdon.file("cup.csv", "player,placement\ngrace,1\nada,2\nedsger,3\n");

    let refused = guerdon.run(&["run", "cup.csv", "--json"]);

    assert_eq!(refused.code, 2);
    assert_eq!(refused.error()["problems"][0]["kind"], "results_frozen");
    assert_eq!(guerdon.players(), paid);
}

#[test]
fn another_policy_for_a_known_tournament_is_refused() {
    let guerdon = Guerdon::with_imported_cup().file("policy.json", r#"{ "version": 2 }"#);

    let refused = guerdon.run(&["run", "cup.csv", "--policy", "policy.json", "--json"]);

    assert_eq!(refused.code, 2);
    assert_eq!(refused.error()["problems"][0]["kind"], "differs");
}

#[test]
fn one_tournament_in_two_files_is_paid_from_neither() {
    let guerdon = Guerdon::with_cup().file("other.csv", CUP);

    let args = ["run", "cup.csv", "other.csv", "--tournament", "cup", "--keep-going", "--json"];
    let report = guerdon.run(&args).json();

    assert_eq!(report["participants_paid"], 0, "{report}");
    assert_eq!(report["left_out"][0]["problems"][0]["kind"], "repeated");
}

#[test]
fn a_field_of_many_chunks_is_paid_to_the_end() {
    let guerdon = Guerdon::with_cup();

    let chunked = guerdon.json(&["run", "cup.csv", "--chunk-size", "1", "--workers", "2"]);

    assert_eq!(
        (&chunked["participants_paid"], &chunked["outcome"]),
        (&json!(3), &json!("distributed"))
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_half_paid_and_can_be_run_again() {
    let races = (0..300).map(|race| format!("race-{race},ada,1\nrace-{race},grace,2\n"));
    let text = format!("race_id,player,placement\n{}", races.collect::<String>());
    let guerdon = Guerdon::new().file("races.csv", &text);
    let args = ["run", "races.csv", "--tournament-column", "race_id"];

    let interrupted = guerdon.interrupt_when_it_writes(&args);
    let half = guerdon.lines(&["tournaments"]);
    let run = guerdon.json(&args);

    assert_eq!(interrupted, 130);
    assert!(half.len() < 300, "it was interrupted too late");
    assert!(half.iter().all(|it| it["status"] != "completed"), "{half:?}");
    assert_eq!(run["tournaments"]["left_out"], 0);
    assert!(guerdon.players().iter().all(|it| it["tournaments"] == 300));
}
