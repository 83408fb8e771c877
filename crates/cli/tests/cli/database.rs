//! Databases that are missing, empty or out of reach.

use serde_json::json;
use test_databases::{StatementTap, fresh_postgres};

use crate::guerdon::{CUP, Guerdon};

const READS: [&[&str]; 4] =
    [&["tournaments"], &["players"], &["summary", "cup"], &["finalize", "cup"]];

#[test]
fn reading_a_database_that_is_missing_says_so_and_makes_none() {
    let guerdon = Guerdon::new();

    for args in READS {
        let refused = guerdon.run(&[args, &["--json"]].concat());

        assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("database-missing")));
    }
    assert!(!guerdon.path().join("guerdon.db").exists());
}

#[test]
fn a_database_without_its_schema_says_how_to_get_it() {
    let guerdon = Guerdon::new().file("guerdon.db", "");

    for args in READS {
        let refused = guerdon.run(args);

        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.stderr.contains("guerdon migrate up"), "{}", refused.stderr);
    }
}

#[test]
fn a_database_that_cannot_be_reached_is_refused_without_its_password() {
    let guerdon = Guerdon::new();
    let url = "postgres://me:secret@127.0.0.1:1/rewards";

    let refused = guerdon.run(&["tournaments", "--database-url", url]);

    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("postgres://me@127.0.0.1:1/rewards"), "{}", refused.stderr);
    assert!(!refused.stderr.contains("secret"), "{}", refused.stderr);
}

#[test]
fn migrations_go_up_down_and_up_again() {
    let guerdon = Guerdon::new();
    let applied = |args: &[&str]| {
        let list = guerdon.json(args);
        let migrations = list["migrations"].as_array().expect("a list");
        (migrations.len(), migrations.iter().filter(|it| it["applied"] == true).count())
    };

    let (all, up) = applied(&["migrate", "up"]);

    assert_eq!(up, all);
    assert_eq!(applied(&["migrate", "down", "--yes"]), (all, all - 1));
    assert_eq!(applied(&["migrate", "status"]), (all, all - 1));
    assert_eq!(applied(&["migrate", "up"]), (all, all));
}

#[test]
fn nothing_is_deleted_unless_somebody_says_so() {
    let guerdon = Guerdon::with_cup();
    guerdon.json(&["run", "cup.csv"]);

    let refused = guerdon.run(&["migrate", "fresh"]);
    let down = guerdon.run(&["migrate", "down", "--steps", "3"]);
    let kept = guerdon.players().len();
    let fresh = guerdon.run(&["migrate", "fresh", "--yes"]);

    assert_eq!((refused.code, down.code, kept), (2, 2, 3), "{refused:?}");
    assert_eq!((fresh.code, guerdon.players().len()), (0, 0));
}

#[test]
fn the_environment_names_the_database_and_the_command_line_overrules_it() {
    let guerdon = Guerdon::with_cup();
    let run = |args: &[&str]| {
        let mut command = guerdon.command(args);
        command.env("GUERDON_DATABASE_URL", "sqlite://env.db").output().expect("it starts").status
    };

    assert!(run(&["run", "cup.csv", "--quiet"]).success());
    assert!(run(&["run", "cup.csv", "--database-url", "sqlite://arg.db?mode=rwc"]).success());

    let exists = |name: &str| guerdon.path().join(name).exists();
    assert!(exists("env.db") && exists("arg.db") && !exists("guerdon.db"));
}

#[test]
fn players_of_a_distributed_database_are_locked_in_its_way() {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let database = runtime.block_on(fresh_postgres());
    let tap = runtime.block_on(StatementTap::to(database.url()));
    let guerdon = Guerdon::with_cup().file("second.csv", CUP);
    let locks = |args: &[&str]| {
        guerdon.json(&[args, &["--database-url", tap.url()]].concat());
        let asked = tap.take();
        let clauses = asked.iter().filter(|it| it.contains("FOR NO KEY UPDATE")).count();
        let updates = asked.iter().filter(|it| it.contains("SET level_max = level_max")).count();
        (clauses > 0, updates > 0)
    };

    let distributed = locks(&["run", "cup.csv", "--layout", "sharded"]);
    let whole = locks(&["run", "second.csv"]);

    assert_eq!((distributed, whole), ((false, true), (true, false)));
}
