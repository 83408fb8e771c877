//! Databases that are missing, empty or out of reach.

use serde_json::json;

use crate::guerdon::Guerdon;

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
