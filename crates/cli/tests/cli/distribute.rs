//! Finalizing, paying and asking, one tournament at a time.

use std::process::Stdio;

use serde_json::json;

use crate::guerdon::{Ended, Guerdon};

#[test]
fn of_eight_processes_one_pays_and_seven_are_told() {
    let guerdon = Guerdon::with_imported_cup();

    let started: Vec<_> = (0..8)
        .map(|_| {
            let mut command = guerdon.command(&["finalize", "cup", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
        })
        .collect();
    let ended: Vec<_> =
        started.into_iter().map(|it| Ended::of(it.wait_with_output().expect("it ends"))).collect();

    let count = |outcome| ended.iter().filter(|it| it.json()["outcome"] == outcome).count();
    assert!(ended.iter().all(|it| it.code == 0), "{ended:?}");
    assert_eq!((count("distributed"), count("conflict")), (1, 7));
    assert_eq!(guerdon.json(&["summary", "cup"])["awards_applied"], 3);
}

#[test]
fn a_second_finalize_shows_what_exists() {
    let guerdon = Guerdon::with_imported_cup();

    let first = guerdon.json(&["finalize", "cup"]);
    let second = guerdon.json(&["finalize", "cup"]);
    let third = guerdon.json(&["distribute", "cup"]);

    assert_eq!((&first["outcome"], &first["applied"]), (&json!("distributed"), &json!(3)));
    for conflict in [second, third] {
        assert_eq!(conflict["outcome"], "conflict");
        assert_eq!(conflict["tournament"]["xp_total"], first["tournament"]["xp_total"]);
    }
}

#[test]
fn only_the_plan_that_was_previewed_is_paid() {
    let guerdon = Guerdon::with_imported_cup();
    let preview = guerdon.json(&["preview", "cup", "--limit", "2"]);
    let hash = preview["plan_hash"].as_str().expect("a hash");

    let refused = guerdon.run(&["finalize", "cup", "--plan", &"0".repeat(64), "--json"]);
    let paid = guerdon.json(&["finalize", "cup", "--plan", hash]);

    assert_eq!(preview["awards"].as_array().map(Vec::len), Some(2));
    assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("plan-stale")));
    assert_eq!(paid["tournament"]["xp_total"], preview["xp_total"]);
}

#[test]
fn what_is_not_there_is_called_what_the_user_called_it() {
    let guerdon = Guerdon::with_imported_cup();

    for args in [&["finalize", "nope"][..], &["summary", "nope"], &["player", "nope"]] {
        let refused = guerdon.run(args);

        assert_eq!(refused.code, 2, "{args:?}");
        assert!(refused.stderr.contains("nope"), "{}", refused.stderr);
    }
}

#[test]
fn a_players_balance_can_be_explained() {
    let guerdon = Guerdon::with_cup();
    guerdon.json(&["run", "cup.csv"]);

    let player = guerdon.json(&["player", "ada"]);
    let reward = guerdon.json(&["summary", "cup", "--player", "ada"]);
    let entries = guerdon.lines(&["ledger", "ada"]);
    let credits = guerdon.lines(&["ledger", "ada", "--currency", "credit"]);

    assert_eq!(player["xp_balance"], reward["award"]["xp_total"]);
    assert_eq!(entries[0]["balance_after"], player["xp_balance"]);
    assert_eq!((entries.len(), credits.len()), (2, 1));
    assert_eq!(credits[0]["tournament_key"], "cup");
    assert_eq!(credits[0]["cause"], "award");
    let words = guerdon.run(&["ledger", "ada", "--currency", "credit"]).stdout;
    assert!(words.contains("award of cup"), "{words}");
}

#[test]
fn two_databases_that_were_paid_the_same_list_the_same_players() {
    let lists = [Guerdon::with_cup(), Guerdon::with_cup()].map(|guerdon| {
        guerdon.json(&["run", "cup.csv"]);
        guerdon.run(&["players", "--json"]).stdout
    });

    assert_eq!(lists[0].lines().count(), 3);
    assert_eq!(lists[0], lists[1]);
}

#[test]
fn a_list_is_read_on_behind_its_last_row() {
    let guerdon = Guerdon::with_imported_cup();
    let all = guerdon.players();
    let first = all[0]["key"].as_str().expect("a key");

    let rest = guerdon.lines(&["players", "--after", first]);
    let table = guerdon.run(&["players", "--limit", "1"]);

    assert_eq!(rest, all[1..]);
    assert!(table.stdout.contains(&format!("--after {first}")), "{}", table.stdout);
}
