//! Whether what was paid is as it must be: verdicts, exit codes and pages.

use std::{fs, path::Path};

use serde_json::json;

use crate::guerdon::Guerdon;

/// A fault that no command makes.
pub(crate) const PLANTED: &str = "UPDATE accounts SET balance = balance + 1 WHERE currency = 'XP'";

#[test]
fn what_guerdon_paid_holds() {
    let guerdon = Guerdon::with_paid_cup();

    let told = guerdon.run(&["verify"]);
    let report = guerdon.json(&["verify"]);

    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.stdout.ends_with("\nEverything holds: 16 of 16 invariants.\n"), "{}", told.stdout);
    assert_eq!((&report["verdict"], &report["violations_total"]), (&json!("held"), &json!(0)));
    assert_eq!(report["checks"].as_array().map(Vec::len), Some(16));
    assert_eq!(report["database"], "sqlite://guerdon.db");
    assert!(report["checks"][0]["rows_checked"].as_u64() >= Some(3), "{report}");
}

#[test]
fn a_planted_fault_is_red_and_named() {
    let guerdon = Guerdon::with_paid_cup();
    guerdon.sql(PLANTED);

    let told = guerdon.run(&["verify"]);
    let report = guerdon.run(&["verify", "--json", "--limit", "1"]);

    assert_eq!((told.code, report.code), (1, 1), "{told:?}");
    let balances = &report.json()["checks"][2];
    assert_eq!(
        (&balances["invariant"], &balances["outcome"]),
        (&json!("INV-R03"), &json!("violated"))
    );
    assert!(balances["violations_total"].as_u64() >= Some(3), "{balances}");
    assert_eq!(balances["violations"].as_array().map(Vec::len), Some(1));
    assert!(told.stdout.contains("INV-R03 balances are their ledgers: "), "{}", told.stdout);
    assert!(told.stdout.contains("accounts"), "{}", told.stdout);
    assert!(told.stdout.contains("what to do  Believe the ledger"), "{}", told.stdout);
}

#[test]
fn what_cannot_be_checked_is_neither_held_nor_violated() {
    let missing = Guerdon::new();
    let empty = Guerdon::new().file("guerdon.db", "");
    let unreachable = ["verify", "--database-url", "postgres://me:secret@127.0.0.1:1/rewards"];

    let ended = [
        missing.run(&["verify", "--json"]),
        missing.run(&["verify", "--history", "--json"]),
        missing.run(&["verify", "--html", "/nowhere/report.html", "--json"]),
        empty.run(&["verify", "--json"]),
        missing.run(&[&unreachable[..], &["--json"]].concat()),
    ];

    let codes = ended.each_ref().map(|it| it.code);
    assert_eq!(codes, [2; 5], "{ended:?}");
    assert_eq!(ended[3].error()["code"], "database-unmigrated");
    assert!(!ended[4].stderr.contains("secret"), "{}", ended[4].stderr);
}

#[test]
fn a_page_says_what_was_found_even_if_that_is_nothing() {
    let guerdon = Guerdon::with_paid_cup();
    let page = |args: &[&str]| {
        let ended = guerdon.run(&[&["verify", "--html", "report.html"], args].concat());
        (ended.code, fs::read_to_string(guerdon.path().join("report.html")).expect("a page"))
    };

    let held = page(&[]);
    guerdon.sql(PLANTED);
    let violated = page(&["--locks"]);
    let unreached = page(&["--database-url", "sqlite://<script>.db"]);

    assert_eq!([held.0, violated.0, unreached.0], [0, 1, 2]);
    assert!(held.1.contains("<h1>Everything holds: 16 of 16 invariants</h1>"), "{}", held.1);
    assert!(violated.1.contains("not hold</h1>"), "{}", violated.1);
    assert!(violated.1.contains("Violations of 2 runs: "), "{}", violated.1);
    assert!(unreached.1.contains("<h1>Nothing could be checked</h1>"), "{}", unreached.1);
    assert!(unreached.1.contains("&lt;script&gt;.db"), "{}", unreached.1);
    for (_, page) in [held, violated, unreached] {
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "{page}");
        assert!(!page.contains("<script"), "{page}");
    }
    assert!(!guerdon.path().join("report.html.part").exists());
}

#[test]
fn a_page_for_stdout_comes_alone() {
    let guerdon = Guerdon::with_paid_cup();

    let page = guerdon.run(&["verify", "--html", "-"]);
    let both = guerdon.run(&["verify", "--html", "-", "--json"]);
    let many = guerdon.run(&["verify", "--html", "-", "--watch", "* * * * * *"]);

    assert_eq!(page.code, 0);
    assert!(page.stdout.starts_with("<!DOCTYPE html>"), "{}", page.stdout);
    assert!(page.stdout.ends_with("</html>"), "{}", page.stdout);
    assert_eq!((both.code, many.code), (2, 2));
}

#[test]
fn a_page_that_cannot_be_written_does_not_hide_the_verdict() {
    let guerdon = Guerdon::with_paid_cup();

    let held = guerdon.run(&["verify", "--html", "nowhere/report.html"]);
    guerdon.sql(PLANTED);
    let violated = guerdon.run(&["verify", "--html", "nowhere/report.html"]);
    let unreached = Guerdon::new().run(&["verify", "--html", "nowhere/report.html"]);

    assert_eq!((held.code, violated.code, unreached.code), (2, 1, 2));
    assert!(unreached.stderr.contains("the page is an old one"), "{}", unreached.stderr);
    assert!(held.stdout.contains("Everything holds"), "{}", held.stdout);
    assert!(held.stderr.contains("nowhere/report.html"), "{}", held.stderr);
}

#[test]
fn runs_are_remembered_unless_they_must_not_be() {
    let guerdon = Guerdon::with_paid_cup();
    let held = guerdon.json(&["verify"]);
    guerdon.sql(PLANTED);

    let violated = guerdon.run(&["verify", "--json"]).json();
    let forgotten = guerdon.run(&["verify", "--json", "--no-record"]).json();
    let runs = guerdon.lines(&["verify", "--history"]);
    let table = guerdon.run(&["verify", "--history", "1"]);

    let recorded = [&held, &violated, &forgotten].map(|it| &it["recorded"]);
    assert_eq!(recorded, [&json!(true), &json!(true), &json!(false)]);
    let names: Vec<_> = runs.iter().map(|it| (&it["run"], &it["outcome"])).collect();
    let wanted = [(&violated["run"], &json!("violated")), (&held["run"], &json!("held"))];
    assert_eq!(names, wanted);
    assert!(runs[0]["violated"].as_array().is_some_and(|it| it.contains(&json!("INV-R03"))));
    assert_eq!((table.code, table.stdout.lines().count()), (0, 3), "{}", table.stdout);
}

#[test]
fn a_database_that_may_only_be_read_is_verified_all_the_same() {
    let guerdon = Guerdon::with_paid_cup();

    let read_only = guerdon.run(&["verify", "--database-url", "sqlite://guerdon.db?mode=ro"]);

    assert_eq!(read_only.code, 0, "{read_only:?}");
    assert!(read_only.stderr.contains("not in the history"), "{}", read_only.stderr);
    assert!(guerdon.lines(&["verify", "--history"]).is_empty());
}

#[test]
fn locks_are_held_against_their_limits_when_somebody_asks() {
    let guerdon = Guerdon::with_paid_cup();

    let report = guerdon.json(&["verify", "--locks"]);
    let without = guerdon.json(&["verify"]);

    assert_eq!(report["locks"]["deadlocks_total"], 0);
    assert_eq!(report["locks"]["exceeded"], json!([]));
    assert!(without.get("locks").is_none(), "{without}");
}

#[test]
fn the_example_of_the_service_can_be_run() {
    let guerdon = Guerdon::with_paid_cup();
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations");
    let text = |name| fs::read_to_string(manual.join(name)).expect("an example");
    let (service, cron) = (text("guerdon-verify.service"), text("guerdon-verify.cron"));
    let started =
        service.lines().find_map(|it| it.strip_prefix("ExecStart=/usr/local/bin/guerdon "));
    let command = started.expect("it starts guerdon");

    let ended = guerdon.run(&command.split(' ').collect::<Vec<_>>());

    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(guerdon.path().join("verify.html").exists());
    assert!(cron.contains(&format!("&& guerdon {command} >")), "{cron}");
}

#[test]
fn what_is_no_moment_duration_or_schedule_is_usage() {
    let guerdon = Guerdon::new();

    for args in [
        ["--since", "yesterday"],
        ["--since", "2999-12-31"],
        ["--pending-max", "soon"],
        ["--watch", "every day"],
        ["--watch", "0 9 31 2 *"],
    ] {
        let refused = guerdon.run(&[&["verify", "--json"], &args[..]].concat());

        assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("usage")), "{args:?}");
    }
}
