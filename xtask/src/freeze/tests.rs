//! A core that changes, and what lets it through.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{audit::Audit, names::TestNames, races::RACES, *};

const CORE: &str = "core/pay.rs";
const AUDIT: &str = "docs/audits/0001-first.md";
const TESTS: &str = "tests/pay.rs";

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

    let found = audit.shortcomings(&[], &TestNames::default());

    assert_eq!(
        found[..4],
        [
            "R01 does not say **Holds because** …",
            "R02 names no test: **Shown by** `test`",
            "R03 has no heading \"### R03 …\"",
            "R04 has no heading \"### R04 …\"",
        ]
    );
    assert_eq!(found.last().unwrap(), "R01 names `gone`, which is no test here");
    assert_eq!(found.len(), 3 + RACES.len() - 2);
}

#[test]
fn audit_that_was_never_written_is_noticed() {
    let root = accepted();
    replace(root.path(), MANIFEST, "0001-first", "0009-never-written");

    let refused = check(root.path()).unwrap_err().to_string();

    assert!(refused.contains("cannot read"), "{refused}");
    assert!(refused.contains("core/pay.rs is listed with what no audit has accepted"), "{refused}");
}

#[test]
fn hash_that_is_put_in_by_hand_is_noticed_and_accepted_by_nobody() {
    let root = accepted();
    let changed = "fn pay_twice() {}";
    write(root.path(), CORE, changed);
    let accepted = sources::hash("fn pay_once() {}");
    replace(root.path(), MANIFEST, &accepted, &sources::hash(changed));
    let second = "docs/audits/0002-second.md";
    write(root.path(), second, &audit_text(&[]));

    let refused = check(root.path()).unwrap_err().to_string();
    let carried = accept(root.path(), Path::new(second)).unwrap_err().to_string();

    assert!(refused.contains("core/pay.rs is not as docs/audits/0001-first.md accepted it"));
    assert!(refused.contains("core/pay.rs is listed with what no audit has accepted"));
    assert!(carried.contains("`core/pay.rs` is not under \"## Changed files\""), "{carried}");
}

#[test]
fn hash_that_is_put_into_the_audit_by_hand_is_noticed() {
    let root = accepted();
    let (before, changed) = (sources::hash("fn pay_once() {}"), "fn pay_twice() {}");
    write(root.path(), CORE, changed);
    replace(root.path(), MANIFEST, &before, &sources::hash(changed));
    replace(root.path(), AUDIT, &before, &sources::hash(changed));

    let refused = check(root.path()).unwrap_err().to_string();

    assert!(refused.contains("docs/audits/0001-first.md is not as it was when it accepted"));
}

#[test]
fn file_that_is_taken_out_of_the_list_is_noticed_until_an_audit_says_so() {
    let root = accepted();
    write(root.path(), "core/more.rs", "");
    let second = "docs/audits/0002-second.md";
    write(root.path(), second, &audit_text(&["core/more.rs"]));
    accept(root.path(), Path::new(second)).unwrap();
    take_out_of_the_list(root.path());

    let refused = check(root.path()).unwrap_err().to_string();
    let third = "docs/audits/0003-third.md";
    write(root.path(), third, &audit_text(&[CORE]));
    accept(root.path(), Path::new(third)).unwrap();

    assert!(refused.contains("core/pay.rs is covered no longer, which docs/audits/0001-first.md"));
    assert!(refused.contains("core/pay.rs is not listed, and an audit has accepted it"));
    let written = fs::read_to_string(root.path().join(third)).unwrap();
    assert!(written.contains("- `core/pay.rs` is out of the core"), "{written}");
    assert!(check(root.path()).is_ok());
}

#[test]
fn test_that_is_renamed_is_noticed_until_a_later_audit_says_so() {
    let root = accepted();
    write(root.path(), TESTS, "#[test]\nfn pays_exactly_once() {}\n// pays_once\n");
    let second = "docs/audits/0002-second.md";
    let renamed = audit_text(&[]).replace("`pays_once`", "`pays_exactly_once`");
    let given_up = "## Tests given up\n\n- `pays_once`: is `pays_exactly_once` now\n\n";
    write(root.path(), second, &format!("{given_up}{renamed}"));

    let refused = check(root.path()).unwrap_err().to_string();
    accept(root.path(), Path::new(second)).unwrap();

    assert!(
        refused.contains("0001-first.md: R01 names `pays_once`, which is no test"),
        "{refused}"
    );
    assert!(check(root.path()).is_ok());
}

#[test]
fn each_audit_follows_the_one_before_it() {
    let root = accepted();
    let second = "docs/audits/0002-second.md";
    write(root.path(), second, &audit_text(&[]));
    accept(root.path(), Path::new(second)).unwrap();
    let early = "docs/audits/0000-early.md";
    write(root.path(), early, &audit_text(&[]));

    let refused = accept(root.path(), Path::new(early)).unwrap_err().to_string();
    reseal_the_first(root.path());
    let broken = check(root.path()).unwrap_err().to_string();

    assert!(refused.contains("0000-early.md comes before docs/audits/0002-second.md"), "{refused}");
    assert!(broken.contains("0002-second.md does not follow the audit before it"), "{broken}");
}

#[test]
fn name_that_covers_nothing_is_refused() {
    let root = accepted();
    replace(root.path(), MANIFEST, "\"core\"", "\"core\", \"gone\"");

    let refused = check(root.path()).unwrap_err().to_string();

    assert_eq!(refused, "the core covers gone, where no Rust file is");
}

/// A workspace whose core is one file, accepted by its first audit.
fn accepted() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), MANIFEST, "covers = [\"core\"]\n");
    write(root.path(), CORE, "fn pay_once() {}");
    write(root.path(), TESTS, "#[test]\nfn pays_once() {}");
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

fn replace(root: &Path, name: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(name)).unwrap();
    assert!(text.contains(from), "{from} is in {name}");
    write(root, name, &text.replace(from, to));
}

/// Covers the other file only, and forgets the first one.
fn take_out_of_the_list(root: &Path) {
    replace(root, MANIFEST, "\"core\"", "\"core/more.rs\"");
    let text = fs::read_to_string(root.join(MANIFEST)).unwrap();
    let (before, _) = text.split_once("[files.\"core/pay.rs\"]").unwrap();
    write(root, MANIFEST, before);
}

/// Writes the first audit anew, and puts the hash of what it says now into the list.
fn reseal_the_first(root: &Path) {
    let text = fs::read_to_string(root.join(AUDIT)).unwrap();
    let rewritten = format!("{text}\nAnd another thing.\n");
    write(root, AUDIT, &rewritten);
    replace(root, MANIFEST, &sources::hash(&text), &sources::hash(&rewritten));
}
