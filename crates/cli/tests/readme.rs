//! What pages show is what the command prints.

use std::{env, path::Path};

#[test]
fn the_readme_shows_what_the_command_prints() {
    run("README.md");
}

#[test]
fn the_page_of_badges_shows_what_the_command_prints() {
    run("docs/badges.md");
}

#[test]
fn the_page_of_corrections_shows_what_the_command_prints() {
    run("docs/corrections.md");
}

/// Each page has a database of its own.
fn run(page: &str) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let database = directory.path().join("guerdon.db");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    env::set_current_dir(&root).expect("the root of the repository");

    trycmd::TestCases::new()
        .env("GUERDON_DATABASE_URL", format!("sqlite://{}", database.display()))
        .register_bin("guerdon", Path::new(env!("CARGO_BIN_EXE_guerdon")))
        .case(page)
        .run();
}
