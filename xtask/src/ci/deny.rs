//! What we depend on, judged by cargo-deny after the rules in `deny.toml`.

use std::{path::PathBuf, process::Command};

use super::Verdict;
use crate::shell::{self, Failure};

/// Pinned: a new version may judge differently, and that is a change of its own.
const VERSION: &str = "0.20.2";

/// Fails for a dependency that breaks a rule or has an advisory against it.
///
/// The advisory database lives on GitHub. Fetching it is a step apart from judging by it, so that a
/// network without GitHub is never taken for an advisory, nor an advisory for a bad network.
pub(super) fn run() -> Result<Verdict, Failure> {
    let program = installed()?;
    let deny =
        |args: &[&str]| shell::run(Command::new(&program).args(args).current_dir(shell::root()));

    let rules = deny(&["check", "bans", "licenses", "sources"]);
    if let Err(unreachable) = deny(&["fetch", "db"]) {
        eprintln!("{unreachable}\nWARNING: advisories were NOT CHECKED: no database.");
        return rules.map(|()| Verdict::PassedExcept("advisories NOT CHECKED: no database"));
    }
    let advisories = deny(&["--offline", "check", "advisories"]);
    rules.and(advisories).map(|()| Verdict::Passed)
}

/// cargo-deny in the pinned version, built on first use and kept with what cargo builds.
fn installed() -> Result<PathBuf, Failure> {
    let home = shell::target().join("tools").join(format!("cargo-deny-{VERSION}"));
    let program = home.join("bin").join("cargo-deny");
    if !program.is_file() {
        // Unoptimised: it builds in a fraction of the time and runs for a second.
        let args = ["install", "cargo-deny", "--locked", "--version", VERSION, "--profile", "dev"];
        shell::run(shell::cargo(args).arg("--root").arg(&home).env_remove("CARGO_TARGET_DIR"))?;
    }
    Ok(program)
}
