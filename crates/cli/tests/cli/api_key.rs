//! Keys of the HTTP interface, as whoever runs the service gives them out.

use std::process::Stdio;

use crate::guerdon::{Ended, Guerdon};

#[test]
fn a_key_is_shown_once_and_then_only_by_its_prefix() {
    let guerdon = Guerdon::with_imported_cup();

    let created = guerdon.json(&["api-key", "create", "importer", "--role", "operator"]);
    let listed = guerdon.lines(&["api-key", "list"]);
    let table = guerdon.run(&["api-key", "list"]);

    let whole = created["secret"].as_str().unwrap();
    let (known, secret) = whole.rsplit_once('_').unwrap();
    assert_eq!(known, format!("grd_{}", created["prefix"].as_str().unwrap()));
    assert_eq!(listed.len(), 1);
    let key = &listed[0];
    assert_eq!(
        [&key["prefix"], &key["name"], &key["role"], &key["state"]],
        [&created["prefix"], &"importer".into(), &"operator".into(), &"active".into()]
    );
    for shown in [format!("{listed:?}"), table.stdout.clone()] {
        assert!(shown.contains("importer") && !shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_key_for_people_stands_on_a_line_of_its_own() {
    let guerdon = Guerdon::with_imported_cup();

    let created = guerdon.run(&["api-key", "create", "importer", "--role", "viewer"]);

    let lines = created.stdout.lines().filter(|it| it.starts_with("grd_"));
    let [key] = lines.collect::<Vec<_>>()[..] else { panic!("{}", created.stdout) };
    assert_eq!(key.len(), 56);
}

#[test]
fn a_key_is_taken_back_and_stays_so() {
    let guerdon = Guerdon::with_imported_cup();
    let created = guerdon.json(&["api-key", "create", "importer", "--role", "admin"]);
    let prefix = created["prefix"].as_str().unwrap();

    let revoked = guerdon.json(&["api-key", "revoke", prefix]);
    let again = guerdon.json(&["api-key", "revoke", &format!("grd_{prefix}")]);
    let rotated = guerdon.run(&["api-key", "rotate", prefix, "--json"]);

    assert_eq!(revoked["state"], "revoked");
    assert_eq!(revoked["revoked_at"], again["revoked_at"]);
    assert_eq!((rotated.code, &rotated.error()["code"]), (2, &"api-key-changed".into()));
}

#[test]
fn a_rotation_shows_another_secret_of_the_same_key() {
    let guerdon = Guerdon::with_imported_cup();
    let created = guerdon.json(&["api-key", "create", "importer", "--role", "admin"]);
    let prefix = created["prefix"].as_str().unwrap();

    let rotated = guerdon.json(&["api-key", "rotate", prefix, "--grace", "1h"]);

    assert_eq!((&rotated["prefix"], &rotated["id"]), (&created["prefix"], &created["id"]));
    assert_ne!(rotated["secret"], created["secret"]);
    assert!(rotated["previous_until"].is_string(), "{rotated}");
}

#[test]
fn a_key_that_is_not_there_and_a_role_that_is_none_are_refused() {
    let guerdon = Guerdon::with_imported_cup();

    let absent = guerdon.run(&["api-key", "revoke", "AAAAAAAA", "--json"]);
    let root = guerdon.run(&["api-key", "create", "importer", "--role", "root", "--json"]);

    assert_eq!((absent.code, &absent.error()["code"]), (2, &"api-key-unknown".into()));
    assert_eq!((root.code, &root.error()["code"]), (2, &"usage".into()));
}

/// With everything switched on, statements included.
#[test]
fn no_log_and_no_file_holds_a_secret() {
    let guerdon = Guerdon::with_imported_cup();

    let mut command = guerdon.command(&["api-key", "create", "x", "--role", "admin", "--json"]);
    let run = command.env("RUST_LOG", "trace").stderr(Stdio::piped()).output();
    let ended = Ended::of(run.expect("it starts"));

    let whole = ended.json()["secret"].as_str().unwrap().to_owned();
    let secret = whole.rsplit_once('_').unwrap().1;
    assert!(ended.stderr.contains("recording an API key"), "{}", ended.stderr);
    assert!(!ended.stderr.contains(secret), "{}", ended.stderr);
    let files = std::fs::read_dir(guerdon.path()).unwrap();
    let files = files.map(|it| std::fs::read(it.unwrap().path()).unwrap());
    let database = files.collect::<Vec<_>>().concat();
    let holds = |text: &str| database.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(holds(ended.json()["prefix"].as_str().unwrap()), "the key is in the database");
    assert!(!holds(secret), "and its secret is not");
}
