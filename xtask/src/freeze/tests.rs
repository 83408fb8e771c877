//! A core that changes, and what lets it through.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{audit::Audit, races::RACES, sources::Words, *};

const CORE: &str = "core/pay.rs";
const AUDIT: &str = "docs/audits/0001-first.md";

#[test]
fn core_of_this_workspace_is_as_its_audits_accepted_it() {
    let checked = check(shell::root());

    assert!(checked.is_ok(), "{}", checked.unwrap_err());
}

#[test]
fn accepted_core_passes() {
    let root = accepted();

    assert!(check(root.path()).is_ok());
}

#[test]
fn changed_file_fails_until_an_audit_that_names_it_lets_it_through() {
    let root = accepted();
    write(root.path(), CORE, "fn pay_twice() {}");
    let second = "docs/audits/0002-second.md";
    write(root.path(), second, &audit_text(&[CORE]));

    let refused = check(root.path()).unwrap_err().to_string();
    accept(root.path(), Path::new(second)).unwrap();

    assert!(refused.contains("core/pay.rs is not as docs/audits/0001-first.md accepted it"));
    assert!(check(root.path()).is_ok());
}

#[test]
fn audit_carries_one_change_and_is_not_written_anew() {
    let root = accepted();
    write(root.path(), CORE, "fn pay_twice() {}");

    let again = accept(root.path(), Path::new(AUDIT)).unwrap_err().to_string();
    write(root.path(), AUDIT, &(audit_text(&[CORE]) + "\nAnd this change, too.\n"));
    let refused = check(root.path()).unwrap_err().to_string();
    let rewritten = accept(root.path(), Path::new(AUDIT)).unwrap_err().to_string();

    assert_eq!(again, "docs/audits/0001-first.md has carried its change: write the next audit");
    assert_eq!(rewritten, again);
    assert!(refused.contains("docs/audits/0001-first.md is not as it was when it accepted"));
}

#[test]
fn file_that_comes_or_goes_is_a_change() {
    let root = accepted();
    write(root.path(), "core/more.rs", "");
    fs::remove_file(root.path().join(CORE)).unwrap();

    let refused = check(root.path()).unwrap_err().to_string();

    assert!(refused.contains("core/more.rs is new in the core, and in no audit"), "{refused}");
    assert!(refused.contains("core/pay.rs is gone"), "{refused}");
}

#[test]
fn audit_that_does_not_name_the_changed_file_accepts_nothing() {
    let root = accepted();
    write(root.path(), CORE, "fn pay_twice() {}");
    let second = "docs/audits/0002-second.md";
    write(root.path(), second, &audit_text(&[]));

    let refused = accept(root.path(), Path::new(second)).unwrap_err().to_string();

    assert!(refused.contains("`core/pay.rs` is not under \"## Changed files\""), "{refused}");
    assert!(check(root.path()).is_err());
}

#[test]
fn audit_answers_for_every_race_with_a_reason_and_a_test_that_exists() {
    let root = accepted();
    let silent = "## Changed files\n\n### R01 Double finalize\n\n**Holds because**\n\n\
                  **Shown by** `gone`\n\n### R02 Double distribution\n\n**Holds because** locks.\n\n\
                  **Shown by** nothing\n";
    write(root.path(), AUDIT, silent);
    let audit = Audit::read(root.path(), Path::new(AUDIT)).unwrap();

    let found = audit.shortcomings(&[], &Words::from_text("other"));

    assert_eq!(
        found[..4],
        [
            "R01 does not say **Holds because** …",
            "R01 names `gone`, which is no test here",
            "R02 names no test: **Shown by** `test`",
            "R03 has no heading \"### R03 …\"",
        ]
    );
    assert_eq!(found.len(), 3 + RACES.len() - 2);
}

#[test]
fn audit_that_was_never_written_is_noticed() {
    let root = accepted();
    let manifest = fs::read_to_string(root.path().join(MANIFEST)).unwrap();
    write(root.path(), MANIFEST, &manifest.replace("0001-first", "0009-never-written"));

    let refused = check(root.path()).unwrap_err().to_string();

    assert!(refused.contains("not named by its audit docs/audits/0009-never-written.md"));
}

#[test]
fn name_that_covers_nothing_is_refused() {
    let root = accepted();
    let manifest = fs::read_to_string(root.path().join(MANIFEST)).unwrap();
    write(root.path(), MANIFEST, &manifest.replace("\"core\"", "\"core\", \"gone\""));

    let refused = check(root.path()).unwrap_err().to_string();

    assert_eq!(refused, "the core covers gone, where no Rust file is");
}

/// A workspace whose core is one file, accepted by its first audit.
fn accepted() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), MANIFEST, "covers = [\"core\"]\n");
    write(root.path(), CORE, "fn pay_once() {}");
    write(root.path(), "tests/pay.rs", "fn pays_once() {}");
    write(root.path(), AUDIT, &audit_text(&[CORE]));
    accept(root.path(), Path::new(AUDIT)).unwrap();
    root
}

fn audit_text(files: &[&str]) -> String {
    let files: Vec<_> = files.iter().map(|it| format!("- `{it}`\n")).collect();
    let race = |it| {
        format!("### {it} A race\n\n**Holds because** a lock.\n\n**Shown by** `pays_once`\n\n")
    };
    let races: Vec<_> = RACES.iter().map(race).collect();
    format!("## Changed files\n\n{}\n## Races\n\n{}", files.concat(), races.concat())
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
