//! `cargo xtask contracts`: every clause of the ports is documented and tested, and nothing else is.

mod parse;

use std::{collections::BTreeSet, fs, path::Path};

use self::parse::Row;
use crate::shell::{self, Failure};

/// Check that each clause of the port contracts has one row in docs/contracts.md and a test.
///
/// A clause is a bold id such as **LOCK-1** in a doc comment of `ports`. Its row names, in the last
/// column, cases of the conformance suite or compile-fail tests of `ports`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

const PORTS: &str = "crates/ports/src";
const COMPILE_FAIL: &str = "crates/ports/tests/ui";
const TABLE: &str = "docs/contracts.md";
const SUITE: &str = "tests/conformance/src/lib.rs";

/// The three places that must agree.
#[derive(Debug, Default)]
struct Contracts {
    /// Ids in the doc comments of `ports`, as often as they are stated.
    clauses: Vec<String>,
    /// The rows of the table.
    rows: Vec<Row>,
    /// The cases of the conformance suite.
    cases: BTreeSet<String>,
    /// The tests that show a misuse not to compile.
    compile_fail: BTreeSet<String>,
}

/// Fails with every disagreement between clauses, rows and tests.
pub(crate) fn run(_: &Args) -> Result<(), Failure> {
    let contracts = Contracts::read(shell::root())?;
    let (clauses, cases) = (contracts.clauses.len(), contracts.cases.len());
    println!("{clauses} clauses, {} rows, {cases} conformance cases", contracts.rows.len());
    Failure::unless_empty("the contracts disagree", &contracts.disagreements())
}

impl Contracts {
    fn read(root: &Path) -> Result<Self, Failure> {
        let mut sources = Vec::new();
        collect_rust_files(&root.join(PORTS), &mut sources)?;
        let clauses = sources.iter().flat_map(|source| parse::clauses(source)).collect();
        let rows = parse::rows(&read(&root.join(TABLE))?);
        let cases = parse::cases(&read(&root.join(SUITE))?).into_iter().collect();
        Ok(Self {
            clauses,
            rows,
            cases,
            compile_fail: compile_fail_tests(&root.join(COMPILE_FAIL)),
        })
    }

    /// Every way in which the three places disagree, one line each.
    fn disagreements(&self) -> Vec<String> {
        let mut found = self.duplicates();
        found.extend(self.clauses_without_row());
        found.extend(self.rows.iter().flat_map(|row| self.faults_of(row)));
        found.extend(self.cases_without_row());
        found
    }

    fn duplicates(&self) -> Vec<String> {
        let stated = repeated(self.clauses.iter());
        let stated =
            stated.into_iter().map(|id| format!("{id} is stated more than once in {PORTS}"));
        let listed = repeated(self.rows.iter().map(|row| &row.clause));
        let listed = listed.into_iter().map(|id| format!("{id} has more than one row in {TABLE}"));
        stated.chain(listed).collect()
    }

    fn clauses_without_row(&self) -> Vec<String> {
        let listed: BTreeSet<_> = self.rows.iter().map(|row| &row.clause).collect();
        let stated: BTreeSet<_> = self.clauses.iter().collect();
        stated.difference(&listed).map(|id| format!("{id} has no row in {TABLE}")).collect()
    }

    fn faults_of(&self, row: &Row) -> Vec<String> {
        let Row { clause, tests } = row;
        let mut found = Vec::new();
        if !self.clauses.contains(clause) {
            found.push(format!("{clause} has a row but is no clause in {PORTS}"));
        }
        if tests.is_empty() {
            found.push(format!("{clause} names no test"));
        }
        let is_test =
            |test: &&String| self.cases.contains(*test) || self.compile_fail.contains(*test);
        let missing = tests.iter().filter(|test| !is_test(test));
        found.extend(missing.map(|test| {
            format!("{clause} names `{test}`, which is neither a case of the suite nor in {COMPILE_FAIL}")
        }));
        found
    }

    fn cases_without_row(&self) -> Vec<String> {
        let named: BTreeSet<_> = self.rows.iter().flat_map(|row| &row.tests).cloned().collect();
        let unnamed = self.cases.difference(&named);
        unnamed.map(|case| format!("`{case}` is in the suite but in no row of {TABLE}")).collect()
    }
}

fn repeated<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeSet<&'a String> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| !seen.insert(*id)).collect()
}

fn collect_rust_files(directory: &Path, sources: &mut Vec<String>) -> Result<(), Failure> {
    let entries = fs::read_dir(directory).map_err(|error| unreadable(directory, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect_rust_files(&path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(read(&path)?);
        }
    }
    Ok(())
}

fn compile_fail_tests(directory: &Path) -> BTreeSet<String> {
    // Absent until the first misuse is ruled out.
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name.starts_with("fail_"))
        .collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings<List: FromIterator<String>>(words: &[&str]) -> List {
        words.iter().map(ToString::to_string).collect()
    }

    fn row(clause: &str, tests: &[&str]) -> Row {
        Row { clause: clause.into(), tests: strings(tests) }
    }

    #[test]
    fn contracts_of_this_workspace_agree() {
        let contracts = Contracts::read(shell::root()).unwrap();

        assert_eq!(contracts.disagreements(), Vec::<String>::new());
    }

    #[test]
    fn clauses_rows_and_tests_are_found_in_the_tree() {
        let root = tempfile::tempdir().unwrap();
        let files = [
            ("crates/ports/src/spi/locks.rs", "/// **LOCK-1** Waits."),
            ("crates/ports/tests/ui/fail_unlocked.rs", ""),
            ("crates/ports/tests/ui/pass_locked.rs", ""),
            (TABLE, "| LOCK-1 | waits | R01 | – | `waits`, `fail_unlocked` |"),
            (SUITE, "macro_rules! suite {\n    locking::waits,\n}"),
        ];
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        let contracts = Contracts::read(root.path()).unwrap();

        assert_eq!(contracts.clauses, ["LOCK-1"]);
        assert_eq!(contracts.compile_fail, strings(&["fail_unlocked"]));
        assert_eq!(contracts.disagreements(), Vec::<String>::new());
    }

    #[test]
    fn agreeing_contracts_pass() {
        let contracts = Contracts {
            clauses: strings(&["LOCK-1", "IDEM-1"]),
            rows: vec![
                row("LOCK-1", &["second_locker_waits", "fail_write_unlocked"]),
                row("IDEM-1", &["equal_entry_is_replayed", "second_locker_waits"]),
            ],
            cases: strings(&["second_locker_waits", "equal_entry_is_replayed"]),
            compile_fail: strings(&["fail_write_unlocked", "fail_not_in_the_table"]),
        };

        assert_eq!(contracts.disagreements(), Vec::<String>::new());
    }

    #[test]
    fn every_disagreement_is_reported_at_once() {
        let contracts = Contracts {
            clauses: strings(&["LOCK-1", "LOCK-1", "LOCK-2"]),
            rows: vec![row("LOCK-1", &["gone"]), row("IDEM-1", &[]), row("IDEM-1", &["replayed"])],
            cases: strings(&["replayed", "orphan"]),
            compile_fail: BTreeSet::new(),
        };

        assert_eq!(
            contracts.disagreements(),
            [
                "LOCK-1 is stated more than once in crates/ports/src",
                "IDEM-1 has more than one row in docs/contracts.md",
                "LOCK-2 has no row in docs/contracts.md",
                "LOCK-1 names `gone`, which is neither a case of the suite nor in crates/ports/tests/ui",
                "IDEM-1 has a row but is no clause in crates/ports/src",
                "IDEM-1 names no test",
                "IDEM-1 has a row but is no clause in crates/ports/src",
                "`orphan` is in the suite but in no row of docs/contracts.md",
            ]
        );
    }
}
