//! What we depend on, judged by cargo-deny after the rules in `deny.toml`.

use std::process::Command;

use super::Verdict;
use crate::{
    shell::{self, Failure},
    tools,
};

const VERSION: &str = "0.20.2";

/// Fails for a dependency that breaks a rule or has an advisory against it.
///
/// The advisory database lives on GitHub. Fetching it is a step apart from judging by it, so that a
/// network without GitHub is never taken for an advisory, nor an advisory for a bad network.
pub(super) fn run() -> Result<Verdict, Failure> {
    let program = tools::installed("cargo-deny", VERSION)?;
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
