//! What `docs/policies.md` says of policies is what they do.

use std::{env, fs, path::Path};

const PAGE: &str = "docs/policies.md";

/// The files of the page are written next to each other, and its commands run there.
#[test]
fn the_page_on_policies_shows_what_they_pay() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join(PAGE)).unwrap();
    let directory = tempfile::tempdir().unwrap();
    env::set_current_dir(directory.path()).unwrap();
    fs::write("policies.md", &page).unwrap();
    let files = files(&page);
    assert!(files.len() > 5, "{files:?}");
    for (name, text) in files {
        fs::write(name, text).unwrap();
    }
    let database = directory.path().join("guerdon.db");

    trycmd::TestCases::new()
        .env("GUERDON_DATABASE_URL", format!("sqlite://{}", database.display()))
        .register_bin("guerdon", Path::new(env!("CARGO_BIN_EXE_guerdon")))
        .case("policies.md")
        .run();
}

/// Blocks that say the name of a file behind their language.
fn files(page: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    for block in page.split("\n```") {
        let Some((info, text)) = block.split_once('\n') else { continue };
        if let Some((_, name)) = info.split_once(' ') {
            files.push((name, text));
        }
    }
    files
}
