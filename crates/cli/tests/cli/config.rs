//! Settings in a file, in the environment and on the command line.

use serde_json::{Value, json};

use crate::guerdon::{Ended, Guerdon};

const GOOD: &str = r#"
database_url = "postgres://me:hunter2@127.0.0.1:1/rewards"
rate_limit = 60
workers = 3

[jwt]
jwks = "keys.json"
issuer = "https://issuer.example"
audience = ["guerdon", "rewards"]
"#;

const BAD: &str = r#"
listen = "nowhere"
rate_limt = 5
rate_limit = -1
in_flight_max = 0

[jwt]
algorithms = ["RS256", "HS256"]
leeway = "soon"
issuer = { name = "x" }
"#;

#[test]
fn a_good_file_has_no_problem() {
    let guerdon = Guerdon::new().file("g.toml", GOOD);

    let checked = guerdon.run(&["config", "check", "--config", "g.toml"]);

    assert_eq!(checked.code, 0, "{}", checked.stderr);
    assert!(checked.stdout.contains("g.toml"), "{}", checked.stdout);
}

#[test]
fn the_example_of_the_docs_has_no_problem() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/deployment/guerdon.toml");

    let checked = Guerdon::new().run(&["config", "check", "--config", example]);

    assert_eq!(checked.code, 0, "{}", checked.stderr);
}

#[test]
fn everything_that_is_wrong_is_named_with_its_line_at_once() {
    let guerdon = Guerdon::new().file("g.toml", BAD);

    let checked = guerdon.run(&["config", "check", "--config", "g.toml", "--json"]);

    let error = checked.error();
    assert_eq!((checked.code, &error["code"]), (2, &json!("config-invalid")));
    let problems: Vec<_> = error["problems"].as_array().unwrap().iter().map(place).collect();
    let expected = [
        (2, "listen"),
        (3, "rate-limt"),
        (4, "rate-limit"),
        (5, "in-flight-max"),
        (8, "jwt-algorithms"),
        (9, "jwt-leeway"),
        (10, "jwt-issuer-name"),
    ];
    assert_eq!(problems, expected.map(|it| (it.0, it.1.to_owned())), "{error}");
    let text = guerdon.run(&["config", "check", "--config", "g.toml"]).stderr;
    assert!(text.contains("g.toml:3: rate-limt: there is no such setting; rate-limit is one"));
}

#[test]
fn no_command_runs_with_a_file_that_is_wrong() {
    let guerdon = Guerdon::with_imported_cup().file("g.toml", BAD);

    for command in [&["serve"][..], &["players"], &["api-key", "list"]] {
        let refused = guerdon.run(&[command, &["--config", "g.toml", "--json"]].concat());

        assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("config-invalid")));
    }
}

#[test]
fn the_environment_is_checked_as_the_file_is() {
    let guerdon = Guerdon::new();
    let mut command = guerdon.command(&["config", "check", "--json"]);
    command.env("GUERDON_LISTEN", "nowhere").env("GUERDON_WORKERS", "many");

    let checked = Ended::of(command.output().unwrap());

    let error = checked.error();
    let places: Vec<_> =
        error["problems"].as_array().unwrap().iter().map(|it| it["place"].clone()).collect();
    assert_eq!(places, [json!("GUERDON_WORKERS"), json!("GUERDON_LISTEN")], "{error}");
}

#[test]
fn the_command_line_beats_the_environment_and_that_the_file() {
    let guerdon = Guerdon::new().file("g.toml", "rate_limit = 1\nworkers = 1\nchunk_size = 1\n");
    let mut command =
        guerdon.command(&["config", "show", "--config", "g.toml", "--chunk-size", "3", "--json"]);
    command.env("GUERDON_WORKERS", "2").env("GUERDON_CHUNK_SIZE", "2");

    let shown = Ended::of(command.output().unwrap()).json();

    let setting = |name: &str| {
        let settings = shown["settings"].as_array().unwrap();
        let it = settings.iter().find(|it| it["setting"] == name).unwrap();
        (it["value"].as_str().unwrap().to_owned(), it["source"].as_str().unwrap().to_owned())
    };
    let expected = |value: &str, source: &str| (value.to_owned(), source.to_owned());
    assert_eq!(setting("rate-limit"), expected("1", "g.toml:1"));
    assert_eq!(setting("workers"), expected("2", "GUERDON_WORKERS"));
    assert_eq!(setting("chunk-size"), expected("3", "command line"));
    assert_eq!(setting("listen"), expected("127.0.0.1:8080", "default"));
}

#[test]
fn a_password_is_not_shown() {
    let guerdon = Guerdon::new().file("g.toml", GOOD);

    let commands = [
        &["config", "show"][..],
        &["config", "show", "--json"],
        &["config", "check"],
        &["serve", "--help"],
        &["players"],
    ];
    for command in commands {
        let ended = guerdon.run(&[command, &["--config", "g.toml"]].concat());

        let told = format!("{}{}", ended.stdout, ended.stderr);
        assert!(!told.contains("hunter2"), "{command:?}: {told}");
    }
    let shown = guerdon.run(&["config", "show", "--config", "g.toml"]).stdout;
    assert!(shown.contains("postgres://me@127.0.0.1:1/rewards"), "{shown}");
}

#[test]
fn a_file_sets_what_every_command_uses() {
    let guerdon = Guerdon::new().file("cup.csv", crate::guerdon::CUP);
    let guerdon = guerdon.file("g.toml", "database_url = \"sqlite://elsewhere.db\"\n");

    let ran = guerdon.run(&["run", "cup.csv", "--config", "g.toml"]);

    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(guerdon.path().join("elsewhere.db").exists());
    assert!(!guerdon.path().join("guerdon.db").exists());
}

#[test]
fn settings_that_do_not_go_together_are_named_at_once() {
    let guerdon = Guerdon::with_imported_cup();
    let args = ["--development", "--listen", "0.0.0.0:0", "--jwt-issuer", "x", "--json"];

    for command in [&["config", "check"][..], &["serve"]] {
        let refused = guerdon.run(&[command, &args].concat());

        let error = refused.error();
        let settings: Vec<_> = error["problems"].as_array().unwrap().iter().map(place).collect();
        let expected = ["listen", "jwt-jwks", "jwt-audience"].map(|it| (0, it.to_owned()));
        assert_eq!((refused.code, settings), (2, expected.to_vec()), "{error}");
    }
}

#[test]
fn a_file_that_is_not_there_is_said_so() {
    let refused = Guerdon::new().run(&["config", "check", "--config", "none.toml", "--json"]);

    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("none.toml"), "{}", refused.stderr);
}

/// The line of a problem, and the setting.
fn place(problem: &Value) -> (u64, String) {
    let line = problem["line"].as_u64().expect("a number");
    (line, problem["setting"].as_str().expect("a text").to_owned())
}
